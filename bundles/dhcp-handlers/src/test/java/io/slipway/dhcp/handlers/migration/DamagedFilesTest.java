package io.slipway.dhcp.handlers.migration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.handlers.ConfigurationTrial;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a file has in it, it is read, or refused with its line; nothing else is thrown. */
class DamagedFilesTest {

    private static final String SIGNS = "{}[]();,:=\"'\\#/\n -!0xA\u00e9\u0000";

    /** What became of files: each in one of both. */
    private int read;

    private int refused;

    private void attempt(OtherServer server, Source configuration, Source leases) {
        try {
            Site site = server.read(List.of(configuration), List.of(leases), Samples.NOW);
            SiteWriter.machines(site);
            KeaJson.write(site);
            KeaCsv.write(site, site.leases().values());
            ConfigurationTrial.problemsAmong(SiteWriter.configuration(site));
            read++;
        } catch (BrokenFileException e) {
            assertTrue(e.getMessage().matches("(?s)damaged:\\d+: .+"), e.getMessage());
            refused++;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ISC, dhcpd.conf, dhcpd.leases",
        "DNSMASQ, dnsmasq.conf, dnsmasq.leases",
        "KEA, kea-dhcp4.conf, kea-leases4.csv"
    })
    void everyBeginningOfAFile(OtherServer server, String configuration, String leases) {
        Source whole = Samples.of(configuration);
        Source wholeLeases = Samples.of(leases);
        for (int end = 0; end < whole.text().length(); end += 3) {
            attempt(server, new Source("damaged", whole.text().substring(0, end)), wholeLeases);
        }
        for (int end = 0; end < wholeLeases.text().length(); end += 3) {
            attempt(server, whole, new Source("damaged", wholeLeases.text().substring(0, end)));
        }
        assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused");
    }

    @ParameterizedTest
    @CsvSource({
        "ISC, dhcpd.conf, dhcpd.leases",
        "DNSMASQ, dnsmasq.conf, dnsmasq.leases",
        "KEA, kea-dhcp4.conf, kea-leases4.csv"
    })
    void filesWithSignsChanged(OtherServer server, String configuration, String leases) {
        Random random = new Random(4);
        Source whole = Samples.of(configuration);
        Source wholeLeases = Samples.of(leases);
        for (int i = 0; i < 3000; i++) {
            attempt(server, damaged(whole, random), wholeLeases);
            attempt(server, whole, damaged(wholeLeases, random));
        }
        assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused");
    }

    private static Source damaged(Source whole, Random random) {
        StringBuilder text = new StringBuilder(whole.text());
        for (int i = 0; i <= random.nextInt(3); i++) {
            int at = random.nextInt(text.length());
            char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, sign);
                case 1 -> text.insert(at, sign);
                default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            }
        }
        return new Source("damaged", text.toString());
    }
}
