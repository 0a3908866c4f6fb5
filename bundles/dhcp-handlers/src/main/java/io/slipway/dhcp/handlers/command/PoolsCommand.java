package io.slipway.dhcp.handlers.command;

import io.slipway.boot.Machines;
import io.slipway.dhcp.handlers.AddressPlan;
import io.slipway.dhcp.handlers.PoolState;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;

/** {@code dhcp:pools [SUBNET]}: how full the pools are. */
@Service
@Command(
        scope = "dhcp",
        name = "pools",
        description =
                "Shows what the addresses of each pool are used for, and how many were leased anew in the last minute")
public final class PoolsCommand implements Action {

    @Argument(
            name = "SUBNET",
            description = "Only the pools of this subnet, such as lan of io.slipway.dhcp.subnet-lan.cfg")
    @Completion(SubnetCompleter.class)
    String subnet;

    @Reference
    AddressPlan plan;

    /** Null while nobody knows of machines: then nothing is reserved. */
    @Reference(optional = true)
    Machines machines;

    PrintStream out = System.out;

    @Override
    public Object execute() throws CommandException {
        List<String> subnets = plan.subnets();
        if (subnet != null && !subnets.contains(subnet)) {
            throw new CommandException("there is no subnet '" + subnet + "'; there are: " + String.join(", ", subnets));
        }
        List<PoolState> pools = plan.pools(machines == null ? List.of() : machines.all()).stream()
                .filter(pool -> subnet == null || pool.subnet().equals(subnet))
                .toList();
        if (pools.isEmpty()) {
            out.println(
                    subnets.isEmpty()
                            ? "No subnets. Add etc/io.slipway.dhcp.subnet-NAME.cfg with subnet and range."
                            : "No pools: only machines with a reserved address get one here.");
            return null;
        }
        table(pools).print(out);
        return null;
    }

    private static ShellTable table(List<PoolState> pools) {
        ShellTable table = new ShellTable();
        table.column("Subnet");
        table.column("Network");
        table.column("Pool");
        List.of("Size", "Used", "Used %", "Offered", "Declined", "Reserved", "Free", "New/min")
                .forEach(column -> table.column(column).alignRight());
        for (PoolState pool : pools) {
            table.addRow()
                    .addContent(
                            pool.subnet(),
                            pool.network(),
                            pool.pool(),
                            pool.size(),
                            pool.leased(),
                            String.format(Locale.ROOT, "%.1f", pool.percentLeased()),
                            pool.offered(),
                            pool.declined(),
                            pool.reserved(),
                            pool.free(),
                            pool.newLeases());
        }
        return table;
    }
}
