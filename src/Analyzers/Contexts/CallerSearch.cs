using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>One search for the callers of a body, and what it has found so far.</summary>
internal sealed class CallerSearch(SourceModels models, CallPlace places, IMethodSymbol method, CancellationToken cancellation)
{
    private readonly string? _asked = method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction
        ? null
        : DocumentationCommentId.CreateDeclarationId(method);

    /// <summary>Names that are bound for one body. A helper mentioned in more places than this runs anywhere.</summary>
    private const int MaxBound = 200;

    private HashSet<Caller> _found = [];
    private readonly CancellationToken _cancellation = cancellation;
    private bool _complete = true;
    private int _bound;

    private bool IsExhausted => _bound > MaxBound;

    public Callers Result() => IsExhausted ? Callers.Unknown : new Callers(_found, _complete);

    /// <summary>A place may be a caller of a kind that the search cannot follow.</summary>
    public void Miss() => _complete = false;

    public void Add(SyntaxNode place, SemanticModel model)
    {
        foreach (var caller in places.Of(place, model, _cancellation)) _found.Add(caller);
    }

    public void Add(IMethodSymbol body) => _found.Add(new Caller(Catalogue.RunContext.Unknown, Detached: false, HandedOn: false, body));

    public void OfLambda()
    {
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation);
        if (syntax is not null && models.Of(syntax.SyntaxTree) is { } model) Add(syntax, model);
        else Miss();
    }

    public void OfMethod()
    {
        foreach (var mention in Mentions(method.Name))
            if (FitsArguments(Whole(mention))) Look(mention, model => OfName(mention, model));
    }

    public void OfHandedOn()
    {
        Func<SimpleNameSyntax, bool> matters = HandedNames.MayGive(method)
            ? static name => HandedNames.IsValue(name) || HandedNames.IsCalledForValue(name)
            : HandedNames.IsValue;
        foreach (var mention in Mentions(method.Name, matters)) Look(mention, model => OfName(mention, model));
    }

    private void OfName(SimpleNameSyntax mention, SemanticModel model)
    {
        if (!Bind(mention, model, out var isNamed)) return;
        var whole = Whole(mention);
        if (whole.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression }) Miss();
        // Unity calls by its name what Invoke and its like are given.
        else if (isNamed && NameOf(mention) is { } name && places.Names(name, model, _cancellation)) Add(name, model);
        // A name in an attribute is read by whoever runs the member that carries it, a name elsewhere by reflection.
        else if (isNamed && mention.FirstAncestorOrSelf<AttributeSyntax>() is null) Miss();
        else Add(whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole, model);
    }

    public void OfAccessor(IPropertySymbol property)
    {
        var writes = method.MethodKind == MethodKind.PropertySet;
        foreach (var mention in Mentions(property.Name))
        {
            var (read, written) = Use(Whole(mention));
            if (IsInNameof(mention) || !(writes ? written : read)) continue;
            Look(mention, model =>
            {
                if (IsSame(model.GetSymbolInfo(mention, _cancellation).Symbol, property)) Add(Whole(mention), model);
            });
        }
    }

    /// <summary>Binds a place, unless that was done in an earlier compilation that declares the same.</summary>
    public void Look(SyntaxNode place, Action<SemanticModel> bind)
    {
        if (_asked is not null && models.Sightings.TryGet(place.SyntaxTree, _asked, place.SpanStart, out SeenCallers seen)
            && seen.Restore(place, models, _cancellation) is { } known)
        {
            _found.UnionWith(known);
            _complete &= seen.Complete;
            return;
        }

        if (models.Of(place.SyntaxTree) is not { } model) return;
        var (found, complete) = (_found, _complete);
        (_found, _complete) = ([], true);
        bind(model);
        if (_asked is not null && SeenCallers.Of(_found, _complete, place, model, _cancellation) is { } kept)
            models.Sightings.Keep(_asked, place, kept);
        found.UnionWith(_found);
        (_found, _complete) = (found, _complete && complete);
    }

    /// <summary>Names in the trees that can see the body.</summary>
    public IEnumerable<SimpleNameSyntax> Mentions(string name, Func<SimpleNameSyntax, bool>? matters = null)
    {
        var home = method.MethodKind == MethodKind.LocalFunction ? MemberAround(method) : null;
        foreach (var tree in Trees())
        {
            foreach (var mention in NameIndex.Find(tree, name, _cancellation))
            {
                if (IsExhausted) yield break;
                if (home is not null && !home.Span.Contains(mention.SpanStart)) continue;
                if (matters is not null && !matters(mention)) continue;
                _bound++;
                yield return mention;
            }
        }
    }

    /// <summary>Creations without a type name that could be of the sought type.</summary>
    public IEnumerable<ImplicitObjectCreationExpressionSyntax> ImplicitCreations(string type)
    {
        foreach (var tree in Trees())
        {
            foreach (var creation in NameIndex.FindImplicitCreations(tree, _cancellation))
            {
                if (IsExhausted) yield break;
                if (NamesAnotherType(creation, type)) continue;
                _bound++;
                yield return creation;
            }
        }
    }

    public static bool IsSame(ISymbol? found, ISymbol sought) =>
        SymbolEqualityComparer.Default.Equals(found?.OriginalDefinition, sought.OriginalDefinition);

    /// <summary>The expression that a name ends: <c>a.b.Name</c>, <c>?.Name</c>.</summary>
    private static ExpressionSyntax Whole(SimpleNameSyntax mention) => mention.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == mention => access,
        MemberBindingExpressionSyntax binding => binding,
        _ => mention,
    };

    private bool Bind(SimpleNameSyntax mention, SemanticModel model, out bool isNamed)
    {
        isNamed = IsInNameof(mention);
        var info = model.GetSymbolInfo(mention, _cancellation);
        if (info.Symbol is { } symbol)
        {
            if (IsMethod(symbol)) return true;
            // A class below ours may implement this interface with the member that it inherits from us.
            if (symbol is IMethodSymbol { ContainingType.TypeKind: TypeKind.Interface } slot
                && slot.Parameters.Length == method.Parameters.Length
                && method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, ContainingType.IsSealed: false }) Miss();
            return false;
        }

        if (info.CandidateSymbols.Any(IsMethod))
        {
            if (isNamed) return true;
            // A method group that becomes a plain Delegate has no symbol of its own; the conversion has chosen it.
            if (model.GetOperation(Whole(mention), _cancellation) is IMethodReferenceOperation chosen) return IsMethod(chosen.Method);
            Miss();
        }
        else if (info.CandidateSymbols.IsEmpty)
        {
            // A dynamic receiver, or code that does not compile: it could be us.
            Miss();
        }

        return false;
    }

    private bool IsMethod(ISymbol symbol)
    {
        if (symbol is not IMethodSymbol found) return false;
        var definition = (found.ReducedFrom ?? found).OriginalDefinition;
        return IsSame(definition.PartialImplementationPart ?? definition, method);
    }

    /// <summary>Cheaper than binding: a call with more or fewer arguments is one of another method of that name.</summary>
    private bool FitsArguments(ExpressionSyntax whole)
    {
        if (whole.Parent is not InvocationExpressionSyntax call || call.Expression != whole) return true;
        var given = call.ArgumentList.Arguments.Count + (method.IsExtensionMethod ? 1 : 0);
        var takesMore = method.Parameters.LastOrDefault() is { IsParams: true };
        return (takesMore || given <= method.Parameters.Length)
            && given >= method.Parameters.Count(static parameter => !parameter.IsOptional && !parameter.IsParams);
    }

    private IEnumerable<SyntaxTree> Trees()
    {
        if (method.MethodKind == MethodKind.LocalFunction) return method.DeclaringSyntaxReferences.Select(static r => r.SyntaxTree).Take(1);
        var owner = method.AssociatedSymbol ?? method;
        if (owner.DeclaredAccessibility != Accessibility.Private) return models.Compilation.SyntaxTrees;
        return method.ContainingType.DeclaringSyntaxReferences.Select(static r => r.SyntaxTree).Distinct();
    }

    private SyntaxNode? MemberAround(IMethodSymbol local)
    {
        var node = local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellation);
        // Top-level statements are siblings, so the whole file is the member.
        return node?.Ancestors()
            .FirstOrDefault(static outer => outer is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
    }

    private static bool IsInNameof(SyntaxNode mention) => NameOf(mention) is not null;

    private static InvocationExpressionSyntax? NameOf(SyntaxNode mention)
    {
        var node = mention;
        while (node.Parent is MemberAccessExpressionSyntax) node = node.Parent;
        return node.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
            && call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" } ? call : null;
    }

    private static (bool Read, bool Written) Use(ExpressionSyntax whole) => whole.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Left == whole =>
            (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression), true),
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax
            { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => (true, true),
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax taken } tuple } when taken.Left == tuple =>
            (false, true),
        _ => (true, false),
    };

    /// <summary><c>private readonly Lock _gate = new();</c> says in the text that it makes something else.</summary>
    private static bool NamesAnotherType(ImplicitObjectCreationExpressionSyntax creation, string type)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: var holder }) return false;
        var declared = holder switch
        {
            PropertyDeclarationSyntax property => property.Type,
            VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variable } => variable.Type,
            _ => null,
        };
        var name = declared is NullableTypeSyntax nullable ? nullable.ElementType : declared;
        while (name is QualifiedNameSyntax qualified) name = qualified.Right;
        return name is SimpleNameSyntax simple ? simple.Identifier.ValueText != type : name is PredefinedTypeSyntax or ArrayTypeSyntax;
    }
}
