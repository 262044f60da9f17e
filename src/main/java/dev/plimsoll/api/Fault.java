package dev.plimsoll.api;

/**
 * One thing that is wrong with a request.
 *
 * @param detail  a sentence the user can act on
 * @param pointer where, as an RFC 6901 JSON pointer; {@code ""} is the whole body
 */
public record Fault(String detail, String pointer) {}
