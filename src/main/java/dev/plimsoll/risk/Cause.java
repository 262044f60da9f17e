package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import java.util.Comparator;
import java.util.Set;

/** Why a position cannot be judged, as far as one alert tells of all that it blinds. */
public sealed interface Cause {
    Comparator<Cause> BY_TEXT = Comparator.comparing(Cause::text);

    /** No asset at all has a price that could be believed. */
    record NoPrices() implements Cause {}

    /** This asset has no price that could be believed. */
    record Unpriced(Asset asset) implements Cause {}

    /** What the sources of this asset say lies on both sides of what a rule asks. */
    record Disagreement(Asset asset) implements Cause {}

    /** The asset file does not know this asset, or not any more. */
    record Unlisted(Asset asset) implements Cause {}

    /** {@code prices}, {@code price/ETH}, {@code sources/ETH} or {@code asset/ETH}, as in the database and the API. */
    default String text() {
        return switch (this) {
            case NoPrices() -> "prices";
            case Unpriced(var asset) -> "price/" + asset;
            case Disagreement(var asset) -> "sources/" + asset;
            case Unlisted(var asset) -> "asset/" + asset;
        };
    }

    /** The asset that it is about; none where it is about all of them. */
    default Set<Asset> assets() {
        return switch (this) {
            case NoPrices() -> Set.of();
            case Unpriced(var asset) -> Set.of(asset);
            case Disagreement(var asset) -> Set.of(asset);
            case Unlisted(var asset) -> Set.of(asset);
        };
    }

    /** What {@link #text} wrote. */
    static Cause parse(String text) {
        var slash = text.indexOf('/');
        var asset = text.substring(slash + 1);
        return switch (slash < 0 ? text : text.substring(0, slash)) {
            case "prices" -> new NoPrices();
            case "price" -> new Unpriced(new Asset(asset));
            case "sources" -> new Disagreement(new Asset(asset));
            case "asset" -> new Unlisted(new Asset(asset));
            default -> throw new IllegalArgumentException("nothing is blind because of " + text);
        };
    }
}
