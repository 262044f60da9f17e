package dev.plimsoll.book;

/**
 * How much there is in a book.
 *
 * @param holders     accounts with a position
 * @param unseen      positions that could not be judged when they were last settled
 * @param columnBytes the memory that is scanned at each tick, with its room to grow
 */
public record Census(int holders, int positions, int rules, int unseen, long columnBytes) {}
