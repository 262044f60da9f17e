/** The only HTTP client of the house: one deadline per call, capped answers, and the guard in front of users' URLs. */
package dev.plimsoll.wire;
