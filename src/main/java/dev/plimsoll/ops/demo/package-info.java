/** {@code ./plimsoll demo}: a real crash replayed through local servers that speak the exchanges' own formats. */
package dev.plimsoll.ops.demo;
