export default {
  greet(argument: object, env: object): unknown[] {
    return [argument, env];
  },
};
