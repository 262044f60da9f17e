package dev.plimsoll.book;

/**
 * How much there is in a book.
 *
 * @param holders     accounts with a position
 * @param indebted    positions with debt: the others cannot be liquidated
 * @param unseen      positions that could not be judged when they were last settled
 * @param columnBytes the memory that is scanned at each tick, with its room to grow
 */
public record Census(int holders, int positions, int indebted, int rules, int unseen, long columnBytes) {}
