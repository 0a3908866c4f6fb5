package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextLinkTest {

    private static final String TARGET = "/v2/_catalog?last=b&n=2";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</v2/_catalog?last=b&n=2>; rel=\"next\"",
                "</v2/_catalog?last=b&n=2>;rel=next",
                "</v2/_catalog?last=b&n=2> ; REL = \"last NEXT\"",
                "</v2/_catalog?last=b&n=2>; title=\"a, b; c\"; rel=next",
                "</first>; rel=first, , </v2/_catalog?last=b&n=2>; rel=next, </other>; rel=next",
                "</plain>, </v2/_catalog?last=b&n=2>; flag; rel=next"
            })
    void findsTheNextPage(String field) {
        assertEquals(Optional.of(TARGET), NextLink.in(List.of(field)), field);
    }

    @Test
    void looksAtAllFields() {
        assertEquals(Optional.of("b"), NextLink.in(List.of("<a>; rel=prev", "<b>; rel=next")));
        assertEquals(Optional.empty(), NextLink.in(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "<",
                "<x",
                "<x>",
                "<x>; rel",
                "<x>; rel=",
                "<x>; rel=\"next",
                "<x>; rel=nextpage",
                "<x>; rel=prev; rel=next",
                "<x>; title=next",
                "x; rel=next",
                "<x> rel=next"
            })
    void whatIsNoNextPageIsNone(String field) {
        assertEquals(Optional.empty(), NextLink.in(List.of(field)), field);
    }

    @Test
    void whatIsTooLongIsNone() {
        assertEquals(Optional.empty(), NextLink.in(List.of("<" + "x".repeat(20_000) + ">; rel=next")));
    }
}
