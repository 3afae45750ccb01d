module.exports = function plain() {
  return "plain CommonJS";
};
