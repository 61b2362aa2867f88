using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Source;
using Quintet.CodeFixes.Rewriting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Threads;

/// <summary>Gives each group of fields a lock of its own.</summary>
internal sealed class SplitLockMove : Move
{
    public SplitLockMove() => Plan = new StepwisePlan(EditsAsync);

    public override string Kind => "Split";

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation) =>
        await FindAsync(site, cancellation).ConfigureAwait(false) is var (gate, groups)
            ? $"Split '{gate.Symbol.Name}': one lock for {string.Join(", one for ",
                groups.Select(static group => string.Join(" and ", group.State.Select(static symbol => $"'{symbol.Name}'"))))}"
            : null;

    private static async Task<SolutionEdits?> EditsAsync(Site site, CancellationToken cancellation)
    {
        if (await FindAsync(site, cancellation).ConfigureAwait(false) is not var (gate, groups)) return null;
        var solution = site.Document.Project.Solution;
        var edits = new SolutionEdits(solution);
        var names = NamesFor(gate, groups);
        if (gate.Declaration.FirstAncestorOrSelf<FieldDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } field
            || solution.GetDocument(type.SyntaxTree) is not { } home) return null;
        var (member, variable) = (type.Members.IndexOf(field), field.Declaration.Variables.IndexOf(gate.Declaration));
        edits.Add(home.Id, new NodeEdit(type, current =>
        {
            var (parted, at) = FieldParts.Alone((TypeDeclarationSyntax)current, member, variable);
            return WithFields(parted, at, names);
        }));
        for (var i = 0; i < groups.Count; i++)
        {
            var name = names[i];
            foreach (var held in groups[i].Held)
            {
                if (solution.GetDocument(held.SyntaxTree) is not { } document) return null;
                edits.Add(document.Id, new NodeEdit(held.Expression, current => Named((ExpressionSyntax)current, name)));
            }
        }

        return edits;
    }

    private static async Task<(GateField Gate, IReadOnlyList<LockGroup> Groups)?> FindAsync(Site site, CancellationToken cancellation)
    {
        if (await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model) return null;
        var models = new SourceModels(model.Compilation);
        var gate = site.Node switch
        {
            VariableDeclaratorSyntax declarator when model.GetDeclaredSymbol(declarator, cancellation) is IFieldSymbol field =>
                GateField.Of(field, models, cancellation),
            LockStatementSyntax held => GateField.TakenAt(held, models, cancellation),
            _ => null,
        };
        return gate is not null && gate.Symbol.IsReadOnly && gate.Symbol.Type.Name is "Object" or "Lock"
            && LockGroup.Of(gate!, models, cancellation) is { } groups ? (gate!, groups) : null;
    }

    private static List<string> NamesFor(GateField gate, IReadOnlyList<LockGroup> groups)
    {
        var taken = new HashSet<string>(gate.Symbol.ContainingType.GetMembers().Select(static member => member.Name),
            StringComparer.Ordinal);
        var old = gate.Symbol.Name;
        var prefix = old.StartsWith("s_", StringComparison.Ordinal) ? "s_" : old.StartsWith("_", StringComparison.Ordinal) ? "_" : "";
        var names = new List<string>();
        foreach (var group in groups)
        {
            var state = group.State[0].Name;
            var plain = (state.StartsWith("s_", StringComparison.Ordinal) ? state.Substring(2) : state).TrimStart('_');
            var first = prefix.Length == 0 && char.IsUpper(old[0]) ? char.ToUpperInvariant(plain[0]) : char.ToLowerInvariant(plain[0]);
            var wanted = $"{prefix}{first}{plain.Substring(1)}Gate";
            var name = wanted;
            for (var i = 2; !taken.Add(name); i++) name = wanted + i;
            names.Add(name);
        }

        return names;
    }

    private static SyntaxNode WithFields(TypeDeclarationSyntax type, int index, IReadOnlyList<string> names)
    {
        var field = (FieldDeclarationSyntax)type.Members[index];
        var endsLine = field.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var indent = field.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToList();
        var fields = names.Select((name, i) =>
        {
            var one = field.ReplaceToken(field.Declaration.Variables[0].Identifier, Identifier(name)
                .WithTriviaFrom(field.Declaration.Variables[0].Identifier));
            if (i > 0) one = one.WithLeadingTrivia(endsLine ? indent.Skip(indent.Count - 1) : []).WithAttributeLists(default);
            return i < names.Count - 1 && !endsLine ? one.WithTrailingTrivia(Space) : one;
        });
        // A comment behind the field speaks of all of them and is said once.
        var list = fields.Select((one, i) => i == 0 || !one.GetTrailingTrivia().Any(SyntaxKind.SingleLineCommentTrivia)
            ? one
            : one.WithTrailingTrivia(Layout.NewLine(type)));
        return type.WithMembers(type.Members.RemoveAt(index).InsertRange(index, list.Cast<MemberDeclarationSyntax>()));
    }

    private static ExpressionSyntax Named(ExpressionSyntax gate, string name) => gate switch
    {
        MemberAccessExpressionSyntax access => access.WithName(IdentifierName(name).WithTriviaFrom(access.Name)),
        _ => IdentifierName(name).WithTriviaFrom(gate),
    };
}
