// Iterators with the class names that workerd's have ("EntryIterator", "PairIterator", …).

class ListIterator<T> {
  readonly #list: readonly T[];
  #at = 0;

  constructor(list: readonly T[]) {
    this.#list = list;
  }

  next(): IteratorResult<T, undefined> {
    // The cast is safe: the index was checked.
    if (this.#at < this.#list.length) return { done: false, value: this.#list[this.#at++] as T };
    return { done: true, value: undefined };
  }
}
Object.setPrototypeOf(ListIterator.prototype, Iterator.prototype);

/** An iterator over a list that shows itself as `[object <tag>]`. */
export function listIterator<T>(tag: string, list: readonly T[]): IteratorObject<T, undefined> {
  const iterator = new ListIterator(list);
  Object.defineProperty(iterator, Symbol.toStringTag, { value: tag, configurable: true });
  // It inherits the rest (Symbol.iterator, map, …) from Iterator.prototype.
  return iterator as unknown as IteratorObject<T, undefined>;
}
