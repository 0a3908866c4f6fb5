package io.slipway.image.catalog.command;

import io.slipway.image.ImageRef;
import io.slipway.image.catalog.Added;
import io.slipway.image.catalog.ImageCatalog;
import java.io.IOException;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.Terminal;

/** {@code image:add NAME [REF]}. A failure is thrown: the shell prints its message and the script sees it. */
@Service
@Command(scope = "image", name = "add", description = "Fetches a ready image, verifies it and tags it")
public class AddCommand implements Action {

    @Argument(index = 0, name = "name", description = "The ready image, as image:catalog lists it", required = true)
    @Completion(EntryCompleter.class)
    String name;

    @Argument(
            index = 1,
            name = "ref",
            description = "What the image is called here, such as debian-12:current; default: as in the catalogue")
    @Completion(ImageRefCompleter.class)
    String ref;

    @Reference
    ImageCatalog catalog;

    @Reference
    Session session;

    @Override
    public Object execute() throws IOException, InterruptedException {
        Optional<ImageRef> called = Optional.ofNullable(ref).map(ImageRef::parse);
        ProgressLine progress = new ProgressLine(System.out, isAnsi(), System::nanoTime);
        Added added;
        try {
            added = catalog.add(name, called, progress);
        } catch (InterruptedException e) {
            progress.end();
            System.out.println(
                    "interrupted: no tag was moved; what has come is kept, and image:add goes on from there");
            throw e;
        } finally {
            progress.end();
        }
        System.out.println(added.ref() + " is " + added.image().digest() + (added.isNew() ? "" : ", as it was before"));
        System.out.println("verified: " + added.verified());
        added.image()
                .files()
                .forEach(file ->
                        System.out.println(file.role() + " " + file.path() + " (" + Sizes.of(file.size()) + ")"));
        return null;
    }

    private boolean isAnsi() {
        Optional<Terminal> terminal = Optional.ofNullable(session).map(Session::getTerminal);
        return terminal.isPresent() && terminal.get().isAnsiSupported();
    }
}
