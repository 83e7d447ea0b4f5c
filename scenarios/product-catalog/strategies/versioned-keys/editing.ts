export { createProduct, deleteProduct, updateProduct } from "../silent-writes.ts";
