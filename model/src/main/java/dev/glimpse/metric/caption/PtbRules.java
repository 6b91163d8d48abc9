package dev.glimpse.metric.caption;

import static dev.glimpse.metric.caption.PtbRule.Form.BRACKETED;
import static dev.glimpse.metric.caption.PtbRule.Form.ENDED;
import static dev.glimpse.metric.caption.PtbRule.Form.JOINED;
import static dev.glimpse.metric.caption.PtbRule.Form.NAMED;
import static dev.glimpse.metric.caption.PtbRule.Form.PLAIN;
import static dev.glimpse.metric.caption.PtbRule.Form.WORD;

import dev.glimpse.metric.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of the Penn Treebank tokenizer of the COCO caption evaluation, written down from its behaviour. They are
 * patterns over shapes ({@link Characters}).
 */
final class PtbRules {
    /** Letters that words with hyphens are made of. */
    private static final String LETTER = "A-Za-z\uE000";

    private static final String DIGIT = "0-9\uE002";
    private static final String ALNUM = "[" + LETTER + DIGIT + "]";

    /** What a plain word may begin with. */
    private static final String WORD_LETTER = "(?:[" + LETTER + "\uE001\u00AD]|&[aeiouAEIOU](?:acute|grave|uml);)";

    private static final String APOSTROPHE = "(?:['\u2019\u0092]|&apos;)";
    private static final String ANY_QUOTE = "(?:['`\u2018\u2019\u0092]|&apos;)";
    private static final String HYPHEN = "[-_\u058A\u2010\u2011]";
    private static final String SPACE = "[ \t\u00A0\u3000]";
    private static final String SPACE_OR_LINE = "[ \t\u00A0\u3000\n\u000B\f\r\u2028\u2029]";
    private static final String BLANK_NEXT = "(?=" + SPACE_OR_LINE + "|$)";
    private static final String ENDING = APOSTROPHE + "(?:[msdMSD]|[rR][eE]|[vV][eE]|[lL][lL])";
    private static final String WORD_TAIL =
            "(?:[" + LETTER + DIGIT + "\uE001\u00AD]++|&[aeiouAEIOU](?:acute|grave|uml);){0,1000}+";
    private static final String NOT = "[nN](?:['`\u2019\u0092\u2018]|&apos;)[tT]";
    private static final String PLAIN_WORD =
            WORD_LETTER + WORD_TAIL + "(?:[.!?]" + WORD_LETTER + WORD_TAIL + "){0,1000}+";
    private static final String ACRONYM = "[A-Za-z](?:\\.[A-Za-z]){0,1000}+\\.";
    private static final String PART = "(?:[dDoOlL]" + ANY_QUOTE + ALNUM + "(?=" + ALNUM + "))?" + ALNUM + "++";
    private static final String THING = PART + "(?:" + HYPHEN + PART + "){0,1000}";
    private static final String HYPHENED =
            "[A-Za-z0-9][A-Za-z0-9.,]*(?:-(?:[A-Za-z](?:\\.[A-Za-z]){1,1000}\\.|[A-Za-z0-9]+)){1,1000}";
    private static final String JOINED_CAPITALS = "[A-Z]+(?:(?:[+&]|&amp;)[A-Z]+){1,1000}";
    private static final String TAG = "(?:<[!?][A-Za-z-][^>\r\n]*>"
            + "|</?[A-Za-z][A-Za-z0-9_:.-]*(?: +[A-Za-z][A-Za-z0-9_:.-]*){0,1000}"
            + "(?: +[A-Za-z][A-Za-z0-9_:.-]*=(?:'[^'\r\n]*'|\"[^\"\r\n]*\")){0,1000} */?>)";
    private static final String MAIL = "[^ \t\n\u000B\f\r\"<>|()\u00A0{}]";
    private static final String HOST = "[^ \t\n\u000B\f\r\"<>|().\u00A0{}]";
    /** Neither digits nor capitals: the pattern of the tokenizer has a range in it by mistake. */
    private static final String SITE = "[^ \t\n\u000B\f\r\"`'<>|!(){},-_]";

    private static final String SLASHED = "[A-Za-z0-9]++(?:-[A-Za-z]++){0,2}";
    private static final String NUMBER =
            "(?:[" + DIGIT + "]*(?:[.:,\u066B\u066C][" + DIGIT + "]+){1,1000}|[" + DIGIT + "]+)";

    /** Words that become two tokens, the first of three letters; whatever else is made of ASCII letters alone, between blanks, is one. */
    static final Set<String> CUT = Set.of("cannot", "gonna", "gotta", "lemme", "gimme", "wanna");

    private PtbRules() {}

    /** Rules for tokens that begin with a letter or a digit. */
    static List<PtbRule> ofWords() {
        List<PtbRule> rules = new ArrayList<>();
        contractions(rules);
        rules.add(PtbRule.of(PLAIN_WORD, WORD));
        addresses(rules);
        abbreviations(rules);
        words(rules);
        numbers(rules);
        rules.add(PtbRule.of("[A-Z]+\\$", PLAIN));
        rules.add(PtbRule.of("x_[-^x=~<>']", PLAIN));
        return List.copyOf(rules);
    }

    /** Rules for tokens that begin with anything else. */
    static List<PtbRule> ofMarks() {
        List<PtbRule> rules = new ArrayList<>();
        apostrophes(rules);
        tags(rules);
        addresses(rules);
        numbers(rules);
        smileys(rules);
        punctuation(rules);
        return List.copyOf(rules);
    }

    private static void contractions(List<PtbRule> rules) {
        rules.add(PtbRule.of(PLAIN_WORD + "(?=(?<c>" + ENDING + "))", WORD));
        rules.add(PtbRule.of("[A-Za-z]*?[A-MO-Za-mo-z](?=(?<c>" + NOT + "))", WORD));
        rules.add(PtbRule.of(NOT + "(?![A-Za-z])", ENDED));
        for (String word : CUT) {
            String[] halves = {word.substring(0, 3), word.substring(3)};
            rules.add(PtbRule.of("(?i:" + halves[0] + ")(?=(?<c>(?i:" + halves[1] + ")))", PLAIN));
        }
    }

    private static void words(List<PtbRule> rules) {
        rules.add(PtbRule.of("[A-HJ-XZn]" + ANY_QUOTE + "[" + LETTER + "]{2,}", WORD));
        rules.add(PtbRule.of("[" + LETTER + "]+[aeiouAEIOU]" + ANY_QUOTE + "[aeiouA-Z][" + LETTER + "]*", WORD));
        rules.add(PtbRule.of("[lLdDjJ]" + APOSTROPHE, WORD));
        rules.add(PtbRule.of("[yY]" + APOSTROPHE + "(?=[" + LETTER + "])", WORD));
        rules.add(PtbRule.of(
                "(?i:(?:dunkin|somethin|ol)'|(?:c'(?:mon|est)|n?e'er|nor'easter|s'mores|ev'ry|li'l|nat'l|o'o))", WORD));
        rules.add(PtbRule.of(THING, WORD));
        rules.add(PtbRule.of(HYPHENED, PLAIN));
        rules.add(PtbRule.of(JOINED_CAPITALS, WORD));
        rules.add(PtbRule.of(SLASHED + "(?:\\\\?/" + SLASHED + "){1,2}", PLAIN));
        rules.add(PtbRule.of("(?i:c\\+\\+|[cf]#|non-u\\.s)", PLAIN));
    }

    private static void abbreviations(List<PtbRule> rules) {
        rules.add(PtbRule.of(ACRONYM, PLAIN));
        String last = "(?:(?i:(?:ph|ed)\\.d|" + listed("last") + ")|(?=[A-Z])(?i:" + listed("capital") + ")|(?:"
                + listed("exact") + "))\\.";
        rules.add(PtbRule.of(last, PLAIN));
        rules.add(PtbRule.of(last + "(?=(?<c>[\\s\\S]{2}))", PLAIN));
        rules.add(PtbRule.of("(?i:" + listed("before") + ")\\.", PLAIN));
        rules.add(PtbRule.of("(?:[Mm]fg|[Mm]tg)\\.", PLAIN));
        rules.add(PtbRule.of("(?i:" + listed("number") + ")\\.(?=(?<c>" + SPACE_OR_LINE + "?[" + DIGIT + "]))", PLAIN));
        rules.add(PtbRule.of(
                "[A-Za-z](?=(?<c>\\." + SPACE_OR_LINE + "+(?:(?=[A-Z])(?i:" + listed("start") + ")|" + TAG + ")"
                        + SPACE_OR_LINE + "))",
                PLAIN));
        rules.add(PtbRule.of(
                "(?:" + PLAIN_WORD + "|" + THING + "|" + HYPHENED + "|" + JOINED_CAPITALS + ")\\.(?=(?<c>[,:;\u3001]))",
                WORD));
    }

    private static String listed(String kind) {
        return Table.rows(PtbRules.class, "abbreviations.txt").stream()
                .filter(row -> row[0].equals(kind))
                .flatMap(row -> List.of(row).subList(1, row.length).stream())
                .map(word -> word.replace(".", "\\."))
                .collect(Collectors.joining("|"));
    }

    private static void addresses(List<PtbRule> rules) {
        rules.add(PtbRule.of("(?i:https?)://[^ \t\n\f\r\"<>|()]+[^ \t\n\f\r\"<>|.!?(){},-]", PLAIN));
        rules.add(PtbRule.of(
                "(?i:www)\\.(?:[^ \t\n\f\r\"<>|.!?(){},]+\\.){1,1000}[a-zA-Z]{2,4}(?:/[^ \t\n\f\r\"<>|()]+[^ \t\n\f\r\"<>|.!?(){},-])?",
                PLAIN));
        rules.add(PtbRule.of(
                "(?:" + SITE + "+\\.){1,1000}(?i:com|net|org|edu)(?:/[^ \t\n\f\r\"<>|()]+[^ \t\n\f\r\"<>|.!?(){},-])?",
                PLAIN));
        rules.add(PtbRule.of(
                "(?:&lt;|<)?[A-Za-z0-9]" + MAIL + "*@(?:" + HOST + "+\\.){0,1000}" + HOST + "+(?:&gt;|>)?", PLAIN));
        rules.add(PtbRule.of("@[A-Za-z_][A-Za-z_0-9]*", PLAIN));
        rules.add(PtbRule.of("#[" + LETTER + "]+", PLAIN));
        rules.add(PtbRule.of(
                "(?:" + ALNUM + "+\\.){0,1000}" + ALNUM
                        + "+\\.(?i:bat|bmp|c|class|cgi|cpp|dll|doc|docx|exe|gif|gz|h|htm|html|jar|java|jpeg|jpg|mov|mp3|pdf|php|pl|png|ppt|ps|py|sql|tar|txt|wav|x|xml|zip)(?=[.?!,]|"
                        + SPACE_OR_LINE + "|$)",
                PLAIN));
    }

    private static void numbers(List<PtbRule> rules) {
        rules.add(PtbRule.of("[-+]?" + NUMBER, PLAIN));
        rules.add(PtbRule.of("(?:[0-9]{1,4}[- \u00A0])?[0-9]{1,4}(?:\\\\?/|\u2044)[0-9]{1,4}", JOINED));
        rules.add(PtbRule.of(
                "(?:\\([0-9]{2,3}\\)[ \u00A0]?|(?:\\+\\+?)?(?:[0-9]{2,4}[- \u00A0])?[0-9]{2,4}[- \u00A0])"
                        + "[0-9]{3,4}[- \u00A0]?[0-9]{3,5}",
                BRACKETED));
        rules.add(PtbRule.of("(?:(?:\\+\\+?)?[0-9]{2,4}\\.)?[0-9]{2,4}\\.[0-9]{3,4}\\.[0-9]{3,5}", PLAIN));
        rules.add(PtbRule.of("[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{2,4}", PLAIN));
        rules.add(PtbRule.of("[\u00B2\u00B3\u00B9\u2070\u2074-\u2079]+", PLAIN));
        rules.add(PtbRule.of("[\u2080-\u2089]+", PLAIN));
    }

    private static void apostrophes(List<PtbRule> rules) {
        rules.add(PtbRule.of("(?!')" + ENDING + "|" + ENDING + "(?![A-Za-z])", ENDED));
        rules.add(PtbRule.of(APOSTROPHE + "(?i:n" + APOSTROPHE + "|em|till?|cause)", WORD));
        rules.add(PtbRule.of("(?!')" + APOSTROPHE + "[nN]|'[nN]" + BLANK_NEXT, WORD));
        rules.add(PtbRule.of(APOSTROPHE + "[2-9]0[sS]", WORD));
        rules.add(PtbRule.of(APOSTROPHE + "[0-9]{2}" + BLANK_NEXT, WORD));
        rules.add(PtbRule.of("'[tT](?=(?<c>(?i:is|was)))", WORD));
    }

    private static void tags(List<PtbRule> rules) {
        rules.add(PtbRule.of(TAG, JOINED));
        rules.add(PtbRule.of("(?i:&(?:amp|lt|gt|quot|apos|mdash|ndash);)|&MD;", NAMED));
        rules.add(PtbRule.of("&(?:HT|TL|UR|LR|Q[CLR]|[oc]dq|#[0-9]+);", PLAIN));
        rules.add(PtbRule.of(PLAIN_WORD, WORD));
        rules.add(PtbRule.of("-(?i:[lr][rcs]b)-", PLAIN));
    }

    private static void smileys(List<PtbRule> rules) {
        rules.add(PtbRule.of("[<>]?[:;=][-o*']?[()DPdp\\\\{@|\\[\\]O](?![A-Za-z0-9])", BRACKETED));
        rules.add(PtbRule.of("\\([-^x=~<>'][-_.]?[-^x=~<>']\\)|[-^x=~<>']_[-^x=~<>']", BRACKETED));
    }

    private static void punctuation(List<PtbRule> rules) {
        rules.add(PtbRule.of("[!?]+", PLAIN));
        rules.add(PtbRule.of("-{5,}", PLAIN));
        rules.add(PtbRule.of("-{2,4}", NAMED));
        rules.add(PtbRule.of("\\.{3,5}|\\.(?:" + SPACE + "\\.){2,}", NAMED));
        rules.add(PtbRule.of("(?:\\\\\\*){1,3}|#+|\\*+|_+|@+|<<|>>", PLAIN));
        rules.add(PtbRule.of("''|[`\u0091-\u0094\u00AB\u00BB\u2018\u2019\u201B-\u201D\u2039\u203A]{1,2}", NAMED));
        rules.add(PtbRule.of("[^ \t\n\u000B\f\r\u2028\u2029\u00A0\u3000\u058A\u066B\u066C\u2010\u2011\uE004]", NAMED));
    }
}
