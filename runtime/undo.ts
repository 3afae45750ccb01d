// Patches of globals give back how to undo them.

/** Undoes one patch. Calling it twice is a mistake of the caller. */
export type Undo = () => void;
