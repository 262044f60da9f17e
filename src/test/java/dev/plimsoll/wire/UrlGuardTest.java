package dev.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.wire.UrlGuard.Allowed;
import dev.plimsoll.wire.UrlGuard.Refused;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGuardTest {
    private static final UrlGuard STRICT = guard(false, List.of("443", "8443"), List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/plimsoll?token=a%2Fb",
                "https://hooks.example.com",
                "https://hooks.example.com:8443/x",
                "HTTPS://Hooks.Example.COM/x",
                "https://xn--bcher-kva.example/",
                "https://3com.example/",
                "https://1.1.1.1/",
                "https://[2606:4700:4700::1111]/",
                "https://[2606:4700:4700::1111]:8443/x"
            })
    void publicUrlsAreAllowed(String url) {
        assertThat(STRICT.check(url)).isInstanceOf(Allowed.class);
    }

    @Test
    void whatIsAllowedIsTakenApartForTheCall() {
        var allowed = STRICT.check("https://Hooks.Example.com:8443/a%20b?c=d#part");

        assertThat(allowed).isEqualTo(new Allowed(true, "hooks.example.com", 8443, "/a%20b?c=d"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,        0.255.255.255",
        "10.0.0.0,       10.255.255.255",
        "100.64.0.0,     100.127.255.255",
        "127.0.0.0,      127.255.255.255",
        "169.254.0.0,    169.254.255.255",
        "172.16.0.0,     172.31.255.255",
        "192.0.0.0,      192.0.0.255",
        "192.0.2.0,      192.0.2.255",
        "192.88.99.0,    192.88.99.255",
        "192.168.0.0,    192.168.255.255",
        "198.18.0.0,     198.19.255.255",
        "198.51.100.0,   198.51.100.255",
        "203.0.113.0,    203.0.113.255",
        "224.0.0.0,      239.255.255.255",
        "240.0.0.0,      255.255.255.255",
        "168.63.129.16,  168.63.129.16",
        "169.254.169.254,127.0.0.1",
        "::,             ::1",
        "::ffff:127.0.0.1, ::ffff:1.1.1.1",
        "::127.0.0.1,    ::1.1.1.1",
        "64:ff9b::a00:1, 64:ff9b::101:101",
        "64:ff9b:1::1,   100::1",
        "2001::,         2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::,     2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::,         2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "3fff::,         3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
        "fc00::1,        fdff::1",
        "fe80::1,        febf::1",
        "fec0::1,        ff02::1",
        "1fff:ffff::1,   4000::1"
    })
    void firstAndLastAddressOfEachDeniedRangeIsRefused(String first, String last) throws UnknownHostException {
        for (var address : List.of(first, last)) {
            assertThat(STRICT.check("https://" + (address.contains(":") ? "[" + address + "]" : address) + "/"))
                    .as(address)
                    .isInstanceOf(Refused.class);
            assertThat(STRICT.addressRefusal(List.of(inet(address))))
                    .as("%s as an answer for a name", address)
                    .matches(refusal -> refusal.isPresent() || address.equals("::ffff:1.1.1.1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
                "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
                "192.0.3.0", "192.88.98.255", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
                "198.51.99.255", "203.0.114.0", "223.255.255.255", "168.63.129.15", "168.63.129.17", "2000::1",
                "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "3ffe:ffff::1", "3fff:1000::1"
            })
    void theirNeighboursAreAllowed(String address) throws UnknownHostException {
        assertThat(STRICT.check("https://" + (address.contains(":") ? "[" + address + "]" : address) + "/"))
                .isInstanceOf(Allowed.class);
        assertThat(STRICT.addressRefusal(List.of(inet(address)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hooks.example.com",
                "//hooks.example.com/",
                "https:hooks.example.com",
                "https:/hooks.example.com",
                "https:///path",
                "https://",
                "http://hooks.example.com/",
                "ftp://hooks.example.com/",
                "file:///etc/passwd",
                "gopher://hooks.example.com/",
                "jar:https://hooks.example.com/!/",
                "https://user@hooks.example.com/",
                "https://user:pass@hooks.example.com/",
                "https://@hooks.example.com/",
                "https://hooks.example.com@127.0.0.1/",
                "https://hooks.example.com:80/",
                "https://hooks.example.com:0/",
                "https://hooks.example.com:65536/",
                "https://hooks.example.com:99999999999/",
                "https://hooks.example.com:-443/",
                "https://hooks.example.com:443x/",
                "https://localhost/",
                "https://receiver/",
                "https://com./",
                "https://localhost./",
                "https://hooks.example.com./",
                "https://.example.com/",
                "https://hooks..example.com/",
                "https://-hooks.example.com/",
                "https://hooks-.example.com/",
                "https://hooks_1.example.com/",
                "https://hooks.example.1/",
                "https://0x7f.1/",
                "https://0x7f.0x1/",
                "https://0x7f000001/",
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://127.1/",
                "https://127.0.1/",
                "https://1.1.1.1./",
                "https://01.1.1.1/",
                "https://1.1.1.256/",
                "https://1.1.1.1.1/",
                "https://1.1.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[2606:4700:4700::1111%25eth0]/",
                "https://[2606:4700:4700::1111%eth0]/",
                "https://[1.1.1.1]/",
                "https://[v1.fe]/",
                "https://[2606::4700::1]/",
                "https://[2606:4700:4700::1111/",
                "https://ⓛocalhost.example/",
                "https://bücher.example/",
                "https://127。0。0。1/",
                "https://１２７.0.0.1/",
                "https://hooks.example.com/ä",
                "https://hooks%2eexample.com/",
                "https://127%2e0.0.1/",
                "https://hooks.example.com\\@127.0.0.1/",
                "https://hooks.example.com\t/",
                "https://hooks.example.com/a b",
                "https://hooks.example.com/\r\nX-Injected: 1",
                "https://hooks.example.com/%zz",
                " https://hooks.example.com/"
            })
    void trickyUrlsAreRefusedWithASentence(String url) {
        assertThat(STRICT.check(url))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).startsWith("The ").doesNotContain("@127"));
    }

    @Test
    void aUrlOf2048CharactersIsAllowedAndOneMoreIsNot() {
        var base = "https://hooks.example.com/";

        assertThat(STRICT.check(base + "x".repeat(2_048 - base.length()))).isInstanceOf(Allowed.class);
        assertThat(STRICT.check(base + "x".repeat(2_049 - base.length()))).isInstanceOf(Refused.class);
    }

    @Test
    void aNameOf253CharactersIsAllowedAndALabelOf64IsNot() {
        var longest = "a".repeat(63) + "." + "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(61);

        assertThat(STRICT.check("https://" + longest + "/")).isInstanceOf(Allowed.class);
        assertThat(STRICT.check("https://" + longest + "d/")).isInstanceOf(Refused.class);
        assertThat(STRICT.check("https://" + "a".repeat(64) + ".example/")).isInstanceOf(Refused.class);
    }

    @Test
    void theRefusalOfAPortNamesThePortsAndTheSetting() {
        assertThat(STRICT.check("https://hooks.example.com:9000/"))
                .isEqualTo(new Refused("The URL's port is 9000; allowed here: 443, 8443"
                        + " (the operator can add it to plimsoll.delivery.ports)."));
    }

    @Test
    void theOperatorOpensHttpAndRangesOfPorts() {
        var open = guard(true, List.of("80", " 8000-8100"), List.of(), List.of());

        assertThat(open.check("http://hooks.example.com/")).isInstanceOf(Allowed.class);
        assertThat(open.check("http://hooks.example.com:8100/")).isInstanceOf(Allowed.class);
        assertThat(open.check("http://hooks.example.com:8101/")).isInstanceOf(Refused.class);
        assertThat(open.check("https://hooks.example.com/")).isInstanceOf(Refused.class);
    }

    @Test
    void theOperatorOpensPrivateRangesAndNoMore() throws UnknownHostException {
        var open = guard(false, List.of("443"), List.of("10.1.0.0/16", "127.0.0.1", "fd00:1::/32"), List.of());

        assertThat(open.check("https://10.1.255.255/")).isInstanceOf(Allowed.class);
        assertThat(open.check("https://127.0.0.1/")).isInstanceOf(Allowed.class);
        assertThat(open.check("https://[fd00:1::5]/")).isInstanceOf(Allowed.class);
        assertThat(open.check("https://10.2.0.0/")).isInstanceOf(Refused.class);
        assertThat(open.check("https://127.0.0.2/")).isInstanceOf(Refused.class);
        assertThat(open.check("https://[::ffff:127.0.0.1]/")).isInstanceOf(Refused.class);
        assertThat(open.addressRefusal(List.of(inet("10.1.0.1")))).isEmpty();
    }

    @Test
    void theOperatorsDenialsWinOverWhatIsOpen() {
        var closed = guard(false, List.of("443"), List.of("10.0.0.0/8"), List.of("10.0.0.5", "8.8.0.0/16"));

        assertThat(closed.check("https://10.0.0.4/")).isInstanceOf(Allowed.class);
        assertThat(closed.check("https://10.0.0.5/")).isInstanceOf(Refused.class);
        assertThat(closed.check("https://8.8.8.8/")).isInstanceOf(Refused.class);
    }

    @Test
    void oneDeniedAnswerAmongManyRefusesTheName() throws UnknownHostException {
        var answers = new ArrayList<>(List.of(inet("1.1.1.1"), inet("2606:4700:4700::1111"), inet("8.8.8.8")));
        assertThat(STRICT.addressRefusal(answers)).isEmpty();

        answers.add(inet("169.254.169.254"));

        assertThat(STRICT.addressRefusal(answers)).isPresent();
        assertThat(STRICT.addressRefusal(List.of())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3/16", "10.0.0.0/33", "10.*", "loopback", "", "0x7f.1", "10", "1-2.0.0.0", "*"})
    void aRangeThatIsNoPrefixIsRefusedAtStart(String prefix) {
        assertThatThrownBy(() -> guard(false, List.of("443"), List.of(prefix), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + prefix + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "9-8", "https", "", "1-", "-5", "1-2-3"})
    void aPortThatIsNoneIsRefusedAtStart(String port) {
        assertThatThrownBy(() -> guard(false, List.of(port), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUrlThatTheOperatorVouchesForMayBeInnerAndPlainAndAtAnyPortButNoOtherMay() {
        var rules = new UrlGuard.Rules(false, List.of("443"), List.of(), List.of());
        var guard = new UrlGuard(rules, Set.of("http://sink.inner.svc:8081/hook"));

        assertThat(guard.check("http://sink.inner.svc:8081/hook"))
                .isEqualTo(new Allowed(false, "sink.inner.svc", 8081, "/hook", true));
        assertThat(guard.check("http://sink.inner.svc:8081/hook2")).isInstanceOf(UrlGuard.Refused.class);
        assertThat(guard.check("https://sink.inner.svc/hook"))
                .isEqualTo(new Allowed(true, "sink.inner.svc", 443, "/hook", false));
    }

    private static UrlGuard guard(boolean http, List<String> ports, List<String> allow, List<String> deny) {
        return new UrlGuard(new UrlGuard.Rules(http, ports, allow, deny));
    }

    private static InetAddress inet(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
