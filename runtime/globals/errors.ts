// The message of constructors that workerd's binding layer (jsg) produces for every global alike; those of methods are
// in platform/arguments.ts.

/** An argument (counted from 1) of a constructor that has the wrong type or is missing. */
export function wrongConstruction(name: string, index: number, type: string): TypeError {
  return new TypeError(
    `Failed to construct '${name}': constructor parameter ${index} is not of type '${type}'.`,
  );
}

/** A class called like a function. Only functions can say so: classes are refused by the engine, in its words. */
export function notCallable(name: string): TypeError {
  return new TypeError(
    `Failed to construct '${name}': Please use the 'new' operator, this object constructor cannot be called as a function.`,
  );
}
