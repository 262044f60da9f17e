/** Who is told, and the proof: channels, outbox, attempts. */
package dev.plimsoll.delivery;
