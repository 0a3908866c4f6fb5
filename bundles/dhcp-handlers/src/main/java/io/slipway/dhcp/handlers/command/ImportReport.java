package io.slipway.dhcp.handlers.command;

import io.slipway.dhcp.handlers.migration.Remark;
import io.slipway.dhcp.handlers.migration.Site;
import java.io.PrintStream;
import java.util.List;

/** What is to be known of a translation, a line each, with file and line. */
final class ImportReport {

    private ImportReport() {}

    /** @param losses what is called that which was left out */
    static void print(PrintStream out, Site site, String losses) {
        section(out, losses, true, site);
        section(out, "to be looked at", false, site);
    }

    private static void section(PrintStream out, String title, boolean isLoss, Site site) {
        List<Remark> remarks = site.remarks().stream()
                .filter(remark -> remark.isLoss() == isLoss)
                .toList();
        if (!remarks.isEmpty()) {
            out.println();
            out.println(title + " (" + remarks.size() + "):");
            remarks.forEach(remark -> out.println("  " + remark));
        }
    }
}
