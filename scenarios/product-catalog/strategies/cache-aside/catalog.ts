export { getProduct, listProducts } from "../ttl-reads.ts";
