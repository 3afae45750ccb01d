exports.old = true;
exports.load = () => require("./plain.cjs");
