/** The way back for whoever lost every API key of their account: by what is sent to a proven mail channel of it. */
package dev.plimsoll.delivery.recovery;
