using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Whether new locals are written with <c>var</c>: as the settings of the file say, and where these are silent as its other locals are.
/// </summary>
internal static class LocalStyle
{
    /// <summary>So many locals with their types written out, and none with <c>var</c>, are a habit.</summary>
    private const int Habit = 2;

    /// <summary>Locals that a rewrite has made.</summary>
    public static SyntaxAnnotation New { get; } = new("Quintet.Local");

    /// <summary>Writes out the types of the new locals of changed documents where those around them are.</summary>
    public static async Task<Solution> FollowAsync(Solution changed, IEnumerable<DocumentId> documents, CancellationToken cancellation)
    {
        foreach (var id in documents)
        {
            var document = changed.GetDocument(id)!;
            var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            var made = root!.GetAnnotatedNodes(New).OfType<LocalDeclarationStatementSyntax>()
                .Select(static one => one.Declaration).Where(static one => one.Type.IsVar).ToList();
            if (made.Count == 0) continue;
            var options = document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GetOptions(root.SyntaxTree);
            var (builtIn, elsewhere) = (IsOff(options, "for_built_in_types"), IsOff(options, "elsewhere"));
            if (builtIn is null || elsewhere is null)
            {
                var isHabit = IsHabit(root);
                (builtIn, elsewhere) = (builtIn ?? isHabit, elsewhere ?? isHabit);
            }

            if (builtIn == false && elsewhere == false) continue;
            var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            var types = new Dictionary<SyntaxNode, TypeSyntax>();
            foreach (var declaration in made)
            {
                if (TypeOf(model!, declaration, cancellation) is not { } type) continue;
                if (type.SpecialType is SpecialType.None ? elsewhere != true : builtIn != true) continue;
                types.Add(declaration.Type, ParseTypeName(type.ToMinimalDisplayString(model!, declaration.SpanStart))
                    .WithTriviaFrom(declaration.Type));
            }

            if (types.Count > 0)
                changed = changed.WithDocumentSyntaxRoot(id, root.ReplaceNodes(types.Keys, (old, _) => types[old]));
        }

        return changed;
    }

    /// <summary>The type as somebody would write it; null for one that has no name.</summary>
    private static ITypeSymbol? TypeOf(SemanticModel model, VariableDeclarationSyntax declaration, CancellationToken cancellation)
    {
        if (declaration.Variables[0].Initializer?.Value is not { } value) return null;
        var info = model.GetTypeInfo(value, cancellation);
        if (info.Type is not { TypeKind: not TypeKind.Error } type || HasNoName(type)) return null;
        return type.IsValueType ? type : type.WithNullableAnnotation(info.Nullability.FlowState == NullableFlowState.MaybeNull
            ? NullableAnnotation.Annotated : NullableAnnotation.NotAnnotated);
    }

    private static bool HasNoName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HasNoName(array.ElementType),
        INamedTypeSymbol named => named.IsAnonymousType || named.TypeArguments.Any(HasNoName),
        _ => false,
    };

    /// <summary>Null where nobody has said so.</summary>
    private static bool? IsOff(AnalyzerConfigOptions options, string where) =>
        options.TryGetValue("csharp_style_var_" + where, out var value)
            ? value.Split(':')[0].Trim().Equals("false", StringComparison.OrdinalIgnoreCase) : null;

    private static bool IsHabit(SyntaxNode root)
    {
        var written = 0;
        foreach (var local in root.DescendantNodes().OfType<LocalDeclarationStatementSyntax>())
        {
            if (local.IsConst || local.HasAnnotation(New) || local.Declaration.Variables[0].Initializer is null) continue;
            if (local.Declaration.Type.IsVar) return false;
            written++;
        }

        return written >= Habit;
    }
}
