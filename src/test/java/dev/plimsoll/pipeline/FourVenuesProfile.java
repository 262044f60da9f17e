package dev.plimsoll.pipeline;

import dev.plimsoll.crash.PriceServer;
import java.util.HashMap;
import java.util.Map;

/** As {@link WatchProfile}, with a fourth exchange: with so many, one that is far off counts no more. */
public class FourVenuesProfile extends WatchProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(super.getConfigOverrides());
        settings.merge("plimsoll.oracle.only", PriceServer.FOURTH, (three, fourth) -> three + "," + fourth);
        var source = "plimsoll.oracle.sources." + PriceServer.FOURTH;
        settings.put(source + ".url", "http://127.0.0.1:" + PORT + "/" + PriceServer.FOURTH);
        settings.put(source + ".pace", "PT0S");
        return settings;
    }
}
