package io.slipway.boot.content.command;

import io.slipway.boot.Bootloader;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** {@code bootloader:list}: the bootloaders in the order of asking, and what keeps one from serving. */
@Service
@Command(scope = "bootloader", name = "list", description = "Lists the bootloaders, the one that is asked first on top")
public final class BootloaderListCommand implements Action {

    @Reference
    private BundleContext context;

    @Override
    public Object execute() throws InvalidSyntaxException {
        Collection<ServiceReference<Bootloader>> references = context.getServiceReferences(Bootloader.class, null);
        // A service reference is greater than one of a lower ranking (OSGi core, section 5.2.5).
        List<ServiceReference<Bootloader>> inOrder =
                references.stream().sorted(Comparator.reverseOrder()).toList();
        ShellTable table = new ShellTable().emptyTableText("No bootloader is installed.");
        table.column("Name");
        table.column("Ranking").alignRight();
        table.column("Bundle");
        table.column("State");
        for (ServiceReference<Bootloader> reference : inOrder) {
            addRow(table, reference);
        }
        table.print(System.out);
        return null;
    }

    private void addRow(ShellTable table, ServiceReference<Bootloader> reference) {
        Bootloader loader = context.getService(reference);
        if (loader == null) {
            return; // It went away since it was listed.
        }
        try {
            LoaderRow row = LoaderRow.of(
                    reference.getProperty(Bootloader.NAME),
                    reference.getProperty("service.ranking"),
                    reference.getBundle().getSymbolicName() + "/"
                            + reference.getBundle().getVersion(),
                    loader);
            table.addRow().addContent(row.name(), row.ranking(), row.bundle(), row.state());
        } finally {
            context.ungetService(reference);
        }
    }
}
