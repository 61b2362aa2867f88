using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Names for new locals: after what the value is for, else after what makes it.</summary>
internal static class LocalNames
{
    private static readonly Regex LastWord = new("[A-Z][a-z0-9]+$", RegexOptions.CultureInvariant);

    public static string For(SemanticModel model, ExpressionSyntax value, SyntaxNode function, IEnumerable<string>? taken = null)
    {
        var wanted = value.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Right == value => NameOf(assignment.Left),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => declarator.Identifier.ValueText + "Value",
            _ => null,
        };
        return Free(model, value.SpanStart, function, wanted ?? Made(value) ?? "value", taken);
    }

    /// <summary>The wanted name, or one like it that nobody uses in the function or in the type around it.</summary>
    public static string Free(
        SemanticModel model, int position, SyntaxNode function, string wanted, IEnumerable<string>? taken = null)
    {
        var used = new HashSet<string>(function.DescendantTokens().Select(static token => token.ValueText), StringComparer.Ordinal);
        used.UnionWith(model.LookupSymbols(position).Select(static symbol => symbol.Name));
        used.UnionWith(taken ?? []);
        var name = wanted.TrimStart('_');
        name = name.Length == 0 ? "value" : char.ToLowerInvariant(name[0]) + name.Substring(1);
        if (!used.Contains(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None) return name;
        for (var i = 2; ; i++)
            if (!used.Contains(name + i)) return name + i;
    }

    /// <summary>Whether what statements declare may be declared in a wider scope of their function.</summary>
    public static bool AreDeclaredOnce(SyntaxNode function, IEnumerable<StatementSyntax> statements) => statements
        .OfType<LocalDeclarationStatementSyntax>().SelectMany(static statement => statement.Declaration.Variables)
        .All(variable => IsDeclaredOnce(function, variable.Identifier.ValueText));

    public static bool IsDeclaredOnce(SyntaxNode function, string name) =>
        function.DescendantTokens().Count(token => token.ValueText == name
            && token.Parent is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ParameterSyntax
                or ForEachStatementSyntax or CatchDeclarationSyntax or LocalFunctionStatementSyntax) == 1;

    private static string? Made(ExpressionSyntax value)
    {
        var method = value switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
            InvocationExpressionSyntax { Expression: SimpleNameSyntax simple } => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
            _ => null,
        };
        if (method is null) return null;
        var word = LastWord.Match(method);
        return word.Success && word.Value != method ? word.Value : method is "Read" or "Get" or "Load" or "Compute" ? "value" : method;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax simple
            when simple.Identifier.ValueText.StartsWith("_", StringComparison.Ordinal) || char.IsUpper(simple.Identifier.ValueText[0]) =>
                simple.Identifier.ValueText,
        IdentifierNameSyntax simple =>
            "new" + char.ToUpperInvariant(simple.Identifier.ValueText[0]) + simple.Identifier.ValueText.Substring(1),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
