package dev.plimsoll.unit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.AssetInfo.Listing;
import dev.plimsoll.unit.AssetInfo.Volatility;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads asset files: ours on the class path and the operator's own, which have the same form. */
public final class AssetsJson {
    private static final String DOLLAR = "USD";
    private static final int MAX_DECIMALS = 30;
    private static final String[] FIELDS = {
        "symbol", "name", "aliases", "class", "group", "decimals", "identifiers", "tokens", "anchor", "bounds"
    };
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AssetsJson() {}

    /**
     * The assets of one file, in its order.
     *
     * @param file only its name, for refusals
     * @throws BadAssetFile naming the file, the asset and the field
     */
    public static List<AssetInfo> read(String file, String json) {
        var root = new FieldJson(file, "", "", parse(file, json)).object("assets");
        return root.get("assets").items().map(AssetsJson::asset).toList();
    }

    /** The assets of both; where both know a symbol, the second one's entry stands alone. */
    public static List<AssetInfo> merge(List<AssetInfo> first, List<AssetInfo> second) {
        var replaced = second.stream().map(AssetInfo::asset).collect(Collectors.toSet());
        return Stream.concat(first.stream().filter(info -> !replaced.contains(info.asset())), second.stream())
                .toList();
    }

    private static JsonNode parse(String file, String json) {
        try {
            return STRICT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new BadAssetFile("Asset file " + file + " is not JSON, at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": "
                    + e.getOriginalMessage() + ".");
        }
    }

    private static AssetInfo asset(FieldJson entry) {
        var symbol = entry.get("symbol").text();
        var at = entry.of(symbol).object(FIELDS);
        return new AssetInfo(
                at.get("symbol").text(Asset::new),
                at.get("name").text(),
                texts(at, "aliases").toList(),
                at.get("class").text(AssetsJson::volatility),
                at.find("group").map(FieldJson::text),
                at.get("decimals").wholeUpTo(MAX_DECIMALS),
                listings(at.get("identifiers")),
                at.find("tokens").stream()
                        .flatMap(FieldJson::items)
                        .map(item -> item.text(AssetsJson::token))
                        .collect(Collectors.toSet()),
                at.find("anchor").map(AssetsJson::anchor),
                bounds(at.get("bounds").object("low", "high")));
    }

    private static Stream<String> texts(FieldJson at, String name) {
        return at.find(name).stream().flatMap(FieldJson::items).map(FieldJson::text);
    }

    private static String token(String address) {
        if (!address.matches("[1-9]\\d{0,18}:0x[0-9a-fA-F]{40}")) {
            throw new IllegalArgumentException("must hold addresses as <chain id>:0x and 40 hexadecimal digits");
        }
        return address.toLowerCase(Locale.ROOT);
    }

    private static Volatility volatility(String word) {
        return Stream.of(Volatility.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be stable, major, alt or ai"));
    }

    private static Map<String, Listing> listings(FieldJson identifiers) {
        return identifiers.names().stream()
                .collect(Collectors.toMap(Function.identity(), source -> listing(identifiers.get(source))));
    }

    private static Listing listing(FieldJson at) {
        at.object("id", "quotedIn");
        return new Listing(at.get("id").text(), at.get("quotedIn").text(AssetsJson::quotedIn));
    }

    private static Anchor anchor(FieldJson at) {
        at.object("asset", "rate", "bandBps");
        return new Anchor(
                at.get("asset").text(AssetsJson::quotedIn),
                at.get("rate").positive(),
                new BasisPoints(at.get("bandBps").positive()));
    }

    private static Optional<Asset> quotedIn(String symbol) {
        return symbol.equals(DOLLAR) ? Optional.empty() : Optional.of(new Asset(symbol));
    }

    private static PriceRange bounds(FieldJson at) {
        var low = at.get("low").positive();
        var high = at.get("high").positive();
        if (high.compareTo(low) <= 0) {
            throw at.refused("must have a high above its low");
        }
        return PriceRange.between(low, high);
    }
}
