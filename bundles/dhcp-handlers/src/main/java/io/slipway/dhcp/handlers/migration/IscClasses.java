package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ISC dhcpd's classes and its "if": both say who is meant, as a group does. */
final class IscClasses {

    /** A class whose members are listed one by one. */
    private record Listed(IscStatement declaration, String subject, Settings settings, List<String> patterns) {}

    private final Site site;
    private final IscOptions options;
    private final BiConsumer<List<IscStatement>, IscScope> block;
    private final Map<String, Listed> listed = new TreeMap<>();
    private int conditionals;

    /** @param block reads what stands in braces */
    IscClasses(Site site, IscOptions options, BiConsumer<List<IscStatement>, IscScope> block) {
        this.site = site;
        this.options = options;
        this.block = block;
    }

    void declare(IscStatement statement, List<IscStatement> inner, IscScope scope) {
        String name = Names.word(statement.word(1));
        List<IscStatement> matches =
                inner.stream().filter(one -> one.begins("match")).toList();
        List<IscStatement> rest =
                inner.stream().filter(one -> !one.begins("match")).toList();
        if (matches.size() != 1) {
            site.leaveOut(statement.place(), statement.toString(), "a class needs one 'match' to be a group");
            return;
        }
        IscStatement match = matches.get(0);
        if (match.begins("match", "if")) {
            conditions(match, match.from(2), Map.of())
                    .ifPresent(who -> group(statement.place(), name, who, rest, scope));
            return;
        }
        Optional<String> subject = match.word(1).equals("hardware")
                ? Optional.of("mac")
                : options.code(match.word(1).equals("option") && match.words().size() == 3 ? match.word(2) : "")
                        .flatMap(code -> Optional.ofNullable(Map.of(12, "hostName", 60, "vendorClass", 77, "userClass")
                                .get(code)));
        if (subject.isEmpty()) {
            site.leaveOut(match.place(), match.toString(), "groups do not look at that, so the class is left out");
            return;
        }
        Settings settings = new Settings();
        block.accept(rest, scope.ofClass(Map.of(), settings));
        listed.put(name, new Listed(statement, subject.get(), settings, new ArrayList<>()));
    }

    /** {@code subclass "NAME" MEMBER;}. */
    void subclass(IscStatement statement) {
        Listed owner = listed.get(Names.word(statement.word(1)));
        if (owner == null || statement.words().size() != 3) {
            site.leaveOut(statement.place(), statement.toString(), "its class is not here");
            return;
        }
        IscToken member = statement.words().get(2);
        String text = member.text();
        if (owner.subject().equals("mac") && Hex.padded(text).matches("01[0-9a-fA-F]{12}")) {
            owner.patterns().add(text.substring(text.indexOf(':') + 1));
        } else if (!owner.subject().equals("mac")
                && member.kind() == IscToken.Kind.STRING
                && text.matches("[!-~&&[^*?]]+")) {
            owner.patterns().add(text);
        } else {
            site.leaveOut(statement.place(), statement.toString(), "no such member can be told apart here");
        }
    }

    /** When all is read: the classes whose members are listed. */
    void finish() {
        listed.forEach((name, one) -> {
            IscStatement declaration = one.declaration();
            boolean isOne = one.subject().equals("mac") || one.patterns().size() == 1;
            if (one.patterns().isEmpty() || !isOne) {
                site.leaveOut(
                        declaration.place(),
                        declaration.toString(),
                        one.patterns().isEmpty() ? "it has no members" : "several texts; write a group for each");
            } else {
                site.groups()
                        .add(new SiteGroup(
                                declaration.place(), name, Map.of(one.subject(), one.patterns()), one.settings()));
            }
        });
    }

    /**
     * Takes the "if", "elsif" and "else" of a block.
     *
     * @return the other statements
     */
    List<IscStatement> chain(List<IscStatement> statements, IscScope scope) {
        List<IscStatement> others = new ArrayList<>();
        boolean isTaken = false;
        for (IscStatement statement : statements) {
            boolean isIf = statement.begins("if");
            boolean isElseIf = statement.begins("elsif") || statement.begins("else", "if");
            if (statement.block().isEmpty() || !(isIf || isElseIf || statement.begins("else"))) {
                others.add(statement);
            } else if (!scope.isEverywhere()) {
                site.leaveOut(
                        statement.place(),
                        statement.toString(),
                        "groups hold in all networks; put it to the top of the file if it is meant so");
            } else if (isIf || isElseIf) {
                int words = statement.begins("else") ? 2 : 1;
                Optional<Map<String, List<String>>> who =
                        conditions(statement, statement.from(words), scope.conditions());
                isTaken = who.isPresent() && (isIf || isTaken);
                who.ifPresent(known -> group(
                        statement.place(), name(known), known, statement.block().get(), scope));
            } else if (isTaken) {
                // Of a group and what lies outside of it, the group counts: else is what is said outside.
                others.addAll(chain(statement.block().get(), scope));
            } else {
                site.leaveOut(statement.place(), statement.toString(), "what it is the opposite of is not here");
            }
        }
        return others;
    }

    private void group(
            Place place, String name, Map<String, List<String>> who, List<IscStatement> inner, IscScope scope) {
        Settings settings = new Settings();
        int before = site.groups().size();
        block.accept(inner, scope.ofClass(who, settings));
        boolean isOnlyAround = settings.isEmpty() && site.groups().size() > before;
        if (!isOnlyAround) {
            site.groups().add(new SiteGroup(place, name, who, settings));
        }
    }

    /** In the order of the file, before classes: of two groups that say the same the first by name counts. */
    private String name(Map<String, List<String>> who) {
        conditionals++;
        return String.format(
                "%03d-%s",
                conditionals,
                Names.word(who.values().stream().flatMap(List::stream).collect(Collectors.joining("-"))));
    }

    private Optional<Map<String, List<String>>> conditions(
            IscStatement statement, List<IscToken> expression, Map<String, List<String>> outer) {
        List<String> tokens = expression.stream()
                .map(token -> token.kind() == IscToken.Kind.STRING ? ClassTest.STRING + token.text() : token.text())
                .toList();
        ClassTest.Outcome outcome = ClassTest.parse(tokens, options::code, name -> Optional.empty());
        if (outcome.conditions().isEmpty()) {
            site.leaveOut(statement.place(), statement.toString(), outcome.why());
            return Optional.empty();
        }
        Map<String, List<String>> inner = outcome.conditions().get();
        Optional<String> twice = outer.keySet().stream()
                .filter(subject ->
                        inner.containsKey(subject) && !inner.get(subject).equals(outer.get(subject)))
                .findFirst();
        if (twice.isPresent()) {
            site.leaveOut(statement.place(), statement.toString(), "two conditions on one fact, " + twice.get());
            return Optional.empty();
        }
        return Optional.of(Stream.of(outer, inner)
                .flatMap(map -> map.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new)));
    }
}
