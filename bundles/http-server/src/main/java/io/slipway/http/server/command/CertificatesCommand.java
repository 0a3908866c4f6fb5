package io.slipway.http.server.command;

import io.slipway.http.server.tls.CertificateInUse;
import io.slipway.http.server.tls.HttpsServer;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.Col;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code http:certificates}. */
@Service
@Command(scope = "http", name = "certificates", description = "The certificates that clients of HTTPS are shown")
public final class CertificatesCommand implements Action {

    @Reference
    private HttpsServer server;

    @Override
    public Object execute() {
        print(server.certificates(), Instant.now(), System.out);
        return null;
    }

    static void print(List<CertificateInUse> certificates, Instant now, PrintStream out) {
        ShellTable table = new ShellTable();
        table.column("File");
        table.column("Subject");
        table.column("Key");
        table.column("Until");
        table.column(new Col("Days").alignRight());
        table.column("SHA-256");
        table.emptyTableText("No certificate is in use: see etc/io.slipway.http.tls.cfg.");
        for (CertificateInUse one : certificates) {
            table.addRow()
                    .addContent(
                            one.file(),
                            one.subject(),
                            one.kind(),
                            one.expires(),
                            now.until(one.expires(), ChronoUnit.DAYS),
                            one.sha256());
        }
        table.print(out);
    }
}
