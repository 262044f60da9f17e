package dev.plimsoll.pipeline;

import dev.plimsoll.account.ZoneFeedStore;
import dev.plimsoll.account.ZoneFeedStore.Zone;
import dev.plimsoll.alert.SilenceFeedStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps in line with the database when owners want to hear nothing. */
@Singleton
class WishKeeper {
    private final SilenceFeedStore silences;
    private final ZoneFeedStore zones;

    WishKeeper(SilenceFeedStore silences, ZoneFeedStore zones) {
        this.silences = silences;
        this.zones = zones;
    }

    Uni<Void> load(Wishes wishes) {
        wishes.clear();
        return silences.all()
                .invoke(all -> all.forEach(wishes.silences()::put))
                .chain(zones::all)
                .invoke(all -> put(wishes, all))
                .replaceWithVoid();
    }

    Uni<Void> apply(Wishes wishes, Changes changes) {
        return silences(wishes, changes.of(Changes.SILENCE)).chain(() -> zones(wishes, changes.of(Changes.ACCOUNT)));
    }

    private Uni<Void> silences(Wishes wishes, Set<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : silences.byIds(ids)
                        .invoke(found -> {
                            ids.forEach(wishes.silences()::remove);
                            found.forEach(wishes.silences()::put);
                        })
                        .replaceWithVoid();
    }

    private Uni<Void> zones(Wishes wishes, Set<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().voidItem()
                : zones.byIds(accounts)
                        .invoke(found -> {
                            accounts.forEach(wishes::remove);
                            put(wishes, found);
                        })
                        .replaceWithVoid();
    }

    private static void put(Wishes wishes, List<Zone> zones) {
        zones.forEach(zone -> wishes.put(zone.account(), zone.zone()));
    }
}
