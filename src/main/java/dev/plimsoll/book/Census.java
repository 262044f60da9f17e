package dev.plimsoll.book;

import java.util.Collection;

/**
 * How much there is in a book.
 *
 * @param holders     accounts with a position
 * @param indebted    positions with debt: the others cannot be liquidated
 * @param unseen      positions that could not be judged when they were last settled
 * @param columnBytes the memory that is scanned at each tick, with its room to grow
 */
public record Census(int holders, int positions, int indebted, int rules, int unseen, long columnBytes) {

    static Census of(Collection<Shelf> shelves, Places places, int rules) {
        var unseen = shelves.stream().mapToInt(shelf -> shelf.unseen().size()).sum();
        var holders =
                shelves.stream().filter(shelf -> !shelf.positions().isEmpty()).count();
        return new Census((int) holders, places.size(), places.indebted(), rules, unseen, places.bytes());
    }
}
