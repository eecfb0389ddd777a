"""The terms of SHACL Core and SPARQL, so that a misspelt one is found: engines pass over what they do not know.

Source: https://www.w3.org/TR/shacl/ (sections 2 to 5) and its vocabulary, http://www.w3.org/ns/shacl#.
"""

from __future__ import annotations

SH = "http://www.w3.org/ns/shacl#"
PARAMETERS = {
    "and": "AndConstraintComponent",
    "class": "ClassConstraintComponent",
    "closed": "ClosedConstraintComponent",
    "datatype": "DatatypeConstraintComponent",
    "disjoint": "DisjointConstraintComponent",
    "equals": "EqualsConstraintComponent",
    "hasValue": "HasValueConstraintComponent",
    "in": "InConstraintComponent",
    "languageIn": "LanguageInConstraintComponent",
    "lessThan": "LessThanConstraintComponent",
    "lessThanOrEquals": "LessThanOrEqualsConstraintComponent",
    "maxCount": "MaxCountConstraintComponent",
    "maxExclusive": "MaxExclusiveConstraintComponent",
    "maxInclusive": "MaxInclusiveConstraintComponent",
    "maxLength": "MaxLengthConstraintComponent",
    "minCount": "MinCountConstraintComponent",
    "minExclusive": "MinExclusiveConstraintComponent",
    "minInclusive": "MinInclusiveConstraintComponent",
    "minLength": "MinLengthConstraintComponent",
    "node": "NodeConstraintComponent",
    "nodeKind": "NodeKindConstraintComponent",
    "not": "NotConstraintComponent",
    "or": "OrConstraintComponent",
    "pattern": "PatternConstraintComponent",
    "property": "PropertyShapeComponent",
    "qualifiedMaxCount": "QualifiedMaxCountConstraintComponent",
    "qualifiedMinCount": "QualifiedMinCountConstraintComponent",
    "qualifiedValueShape": "QualifiedMinCountConstraintComponent",
    "sparql": "SPARQLConstraintComponent",
    "uniqueLang": "UniqueLangConstraintComponent",
    "xone": "XoneConstraintComponent",
}
TARGETS = ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_OTHERS = """
    AbstractResult BlankNode BlankNodeOrIRI BlankNodeOrLiteral Constraint ConstraintComponent Function IRI IRIOrLiteral
    Info JSConstraint Literal NodeKind NodeShape Parameter Parameterizable PrefixDeclaration PropertyGroup PropertyShape
    ResultAnnotation Rule SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint SPARQLConstructExecutable
    SPARQLExecutable SPARQLFunction SPARQLRule SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget
    SPARQLTargetType SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule ValidationReport
    ValidationResult Validator Violation Warning
    alternativePath annotationProperty annotationValue annotationVarName ask condition conforms construct deactivated
    declare defaultValue description detail entailment expression filterShape flags focusNode group ignoredProperties
    inversePath labelTemplate maxCount message name namespace nodeValidator nodes object oneOrMorePath optional order
    parameter path predicate prefix prefixes propertyValidator qualifiedValueShapesDisjoint result resultAnnotation
    resultMessage resultPath resultSeverity returnType rule select severity shapesGraph shapesGraphWellFormed
    sourceConstraint sourceConstraintComponent sourceShape subject suggestedShapesGraph target this union update
    validator value zeroOrMorePath zeroOrOnePath
"""
TERMS = frozenset(_OTHERS.split()) | PARAMETERS.keys() | frozenset(PARAMETERS.values()) | frozenset(TARGETS)
