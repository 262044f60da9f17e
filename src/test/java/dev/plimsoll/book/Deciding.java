package dev.plimsoll.book;

import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Judgement;

/** What the watch does with a selected position. */
final class Deciding {
    private Deciding() {}

    static void settle(Book book, World world, Selection.OfPosition selected) {
        var standing = world.standing(selected.position());
        var decisions = selected.rules().stream()
                .map(rule -> world.decide(rule, selected.position(), standing))
                .toList();
        var band = Bands.ofPosition(selected.position().terms(), standing, decisions, Given.ASSETS);
        if (standing.protocol() instanceof Judgement.Unknown(var why, var ignored)) {
            book.settleUnseen(selected, new Unseen(world.market().tick().at(), why), band);
        } else {
            book.settle(selected, band);
        }
    }
}
