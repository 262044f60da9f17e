package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.alert.Silence;
import dev.plimsoll.delivery.OpenedChannel;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Rule;
import java.util.List;

/** All that an account has of what a bundle holds. */
record Holdings(
        Account account,
        List<Position> positions,
        List<OpenedChannel> channels,
        List<Rule> rules,
        List<Silence> silences,
        List<Digest> digests) {}
