package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource({
        "*,'',true",
        "*,any,true",
        "?,'',false",
        "PXEClient*,pxeclient:Arch:00007,true",
        "*arch:0000?*,PXEClient:Arch:00007:UNDI,true",
        "a*b*c,aXbXbXc,true",
        "a*b*c,aXcXb,false",
        "a?c,abc,true",
        "a?c,ac,false",
        "a**,a,true",
        "abc,abcd,false",
        "*abc,abcabd,false",
        "*abc,ababc,true",
        "a.c,abc,false",
        "[x]*,[x]y,true",
    })
    void starsAndQuestionMarks(String pattern, String text, boolean fits) {
        assertEquals(fits, new TextPattern(pattern).matches(text));
    }
}
