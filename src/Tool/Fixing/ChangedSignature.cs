using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Tool.Fixing;

/// <summary>A method whose head the fixes changed: what callers outside of the solution would see.</summary>
internal sealed record ChangedSignature(string File, string Old, string New)
{
    public static async Task<IReadOnlyList<ChangedSignature>> InAsync(ChangedFile file, CancellationToken cancellation)
    {
        var old = Heads((await file.Before.GetSyntaxRootAsync(cancellation))!);
        var now = Heads((await file.After.GetSyntaxRootAsync(cancellation))!);
        var added = now.Where(head => !old.Contains(head)).ToList();
        var changed = new List<ChangedSignature>();
        foreach (var gone in old.Where(head => !now.Contains(head)))
        {
            // A synchronous method that becomes asynchronous often takes the suffix too.
            var index = added.FindIndex(head => head.Name == gone.Name || head.Name == gone.Name + "Async");
            if (index < 0) continue;
            changed.Add(new ChangedSignature(file.Path, gone.Text, added[index].Text));
            added.RemoveAt(index);
        }

        return changed;
    }

    private static List<(string Name, string Text)> Heads(SyntaxNode root) =>
        [.. root.DescendantNodes().Select(Head).Where(head => head.Name.Length > 0)];

    private static (string Name, string Text) Head(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => Head(
            method, method.Modifiers, method.ReturnType, method.Identifier, method.TypeParameterList, method.ParameterList),
        LocalFunctionStatementSyntax local => Head(
            local, local.Modifiers, local.ReturnType, local.Identifier, local.TypeParameterList, local.ParameterList),
        _ => ("", ""),
    };

    private static (string Name, string Text) Head(
        SyntaxNode node, SyntaxTokenList modifiers, TypeSyntax type, SyntaxToken name, SyntaxNode? generic, SyntaxNode parameters)
    {
        var owner = node.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text;
        var prefix = owner is null ? "" : owner + ".";
        var words = string.Join(' ', modifiers.Select(modifier => modifier.Text).Append(Flat(type)));
        return (prefix + name.Text, $"{words} {prefix}{name.Text}{(generic is null ? "" : Flat(generic))}{Flat(parameters)}");
    }

    private static string Flat(SyntaxNode node) => node.NormalizeWhitespace(indentation: "", eol: " ").ToString();
}
