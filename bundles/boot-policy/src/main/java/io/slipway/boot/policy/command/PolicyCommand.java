package io.slipway.boot.policy.command;

import io.slipway.boot.policy.PolicyFolder;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** {@code boot:policy}. */
@Service
@Command(
        scope = "boot",
        name = "policy",
        description = "Shows the groups and profiles that are served, and files that are refused")
public final class PolicyCommand implements Action {

    @Reference
    private PolicyFolder folder;

    @Override
    public Object execute() {
        new PolicyReport(System.out).print(folder.status());
        return null;
    }
}
