package io.slipway.boot.clients.command;

import io.slipway.boot.BootTransport;
import io.slipway.boot.clients.TransferReport;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code http:transfers}. */
@Service
@Command(
        scope = "http",
        name = "transfers",
        description = "The HTTP transfers under way, oldest first; who waits for what, and the limits beside their use")
public final class HttpTransfersCommand implements Action {

    @Reference
    private TransferReport report;

    @Override
    public Object execute() {
        report.print(BootTransport.HTTP, System.out);
        return null;
    }
}
