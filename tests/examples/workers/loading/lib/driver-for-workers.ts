export const driver = "for workers";
export default class Driver {
  readonly name = driver;
}
