package dev.plimsoll.alert;

/**
 * What there is to say of a condition on prices, in sentences.
 *
 * @param standing what was measured, and who says so
 * @param meaning  what it means and what to do; may be empty
 * @param calm     what is so when it is over
 */
record AssetTale(String standing, String meaning, String calm) {}
