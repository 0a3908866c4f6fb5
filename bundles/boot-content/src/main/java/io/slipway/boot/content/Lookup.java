package io.slipway.boot.content;

import io.slipway.boot.BootDecision.Netboot;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootFileSource;
import io.slipway.boot.BootPlan;
import io.slipway.boot.BootPlanner;
import io.slipway.boot.BootRequest;
import io.slipway.boot.Bootloader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where to look for a file, and in which order. Only the chosen loader is told what was decided, so that no other
 * loader answers with a menu of its own.
 *
 * @param loaders in the order of asking
 * @param sources in the order of asking
 */
record Lookup(
        BootPlanner planner,
        List<Ranked<Bootloader>> loaders,
        List<Ranked<BootFileSource>> sources,
        Complaints complaints) {

    Optional<BootFile> find(BootRequest request) throws IOException {
        Optional<BootPlan> plan = request.client().map(planner::plan);
        Optional<String> chosenName = plan.flatMap(BootPlan::loader);
        Optional<Ranked<Bootloader>> chosen = loaders.stream()
                .filter(loader -> Optional.of(loader.name()).equals(chosenName))
                .findFirst();
        List<IOException> failures = new ArrayList<>();
        if (chosen.isPresent() && plan.get().decision() instanceof Netboot netboot) {
            Optional<BootFile> file = ask(chosen.get(), request.with(netboot), failures);
            if (file.isPresent()) {
                return file;
            }
        }
        List<Ranked<? extends BootFileSource>> others = Stream.<Ranked<? extends BootFileSource>>concat(
                        loaders.stream()
                                .filter(loader -> chosen.filter(loader::equals).isEmpty()),
                        sources.stream())
                .sorted(Ranked.order())
                .toList();
        for (Ranked<? extends BootFileSource> other : others) {
            Optional<BootFile> file = ask(other, request, failures);
            if (file.isPresent()) {
                return file;
            }
        }
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        throw failures.get(0);
    }

    private Optional<BootFile> ask(
            Ranked<? extends BootFileSource> source, BootRequest request, List<IOException> failures) {
        try {
            return source.service().find(request);
        } catch (IOException e) {
            failures.add(new IOException(source.name() + " cannot give " + request.path() + ": " + e.getMessage(), e));
        } catch (RuntimeException | LinkageError e) {
            complaints.about("Boot file source", source, e);
        }
        return Optional.empty();
    }
}
