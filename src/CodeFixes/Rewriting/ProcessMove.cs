using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Quintet.Analyzers.Guidance;
using Quintet.Analyzers.Source;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>
/// Moves a call to a worker process, where the project has our process pool. Nothing is shared with it: the function is static and reads no
/// state of its program, its arguments and its result are copied.
/// </summary>
internal sealed class ProcessMove : ModelMove
{
    private const string Home = "Quintet.Multiprocessing";
    private const string Pool = "ProcessPool";
    private const int MostArguments = 3;

    public static readonly ProcessMove Instance = new();

    private ProcessMove() => Plan = new AsyncPlan(AddAsync, takesAll: true);

    public override string Kind => "Process";

    public override ConcurrencyModel Model => ConcurrencyModel.Multiprocessing;

    public override MovePlan Plan { get; }

    protected override async Task<string?> OfferAsync(Site site, CancellationToken cancellation)
    {
        var model = await site.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || Functions.Around(site.Node) is not { } function || !MakeAsyncMove.CanConvert(model, function, cancellation))
            return null;
        if (Find(model, site.Node, cancellation) is not { } work) return null;
        var note = await NoteAsync(model, site.Document.Project.Solution, function, cancellation).ConfigureAwait(false);
        return $"Run '{work.Name}' in a worker process: {Advisor.Reason(Model)}{note}";
    }

    private static async Task<bool> AddAsync(Cascade cascade, Site site)
    {
        var model = await site.Document.GetSemanticModelAsync(CancellationToken.None).ConfigureAwait(false);
        if (Find(model!, site.Node, CancellationToken.None) is not { } work) return false;
        var imports = new List<string>();
        if (work.NewPoolIn is { } type)
        {
            var name = Imports.TypeName(model!, site.Node.SpanStart, Home, Pool, imports);
            var field = ParseMemberDeclaration($"private static readonly {name} {work.Pool} = new();")!;
            await cascade.AddBesideAsync(site, new NodeEdit(type, current => WithPool((TypeDeclarationSyntax)current, field, work.Pool)))
                .ConfigureAwait(false);
        }

        var edit = Awaits.Around(model!, work.Call, call => work.Submission((InvocationExpressionSyntax)call));
        return edit is not null && await cascade.AddAsync(site, edit, imports).ConfigureAwait(false);
    }

    private static Work? Find(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        if (model.Compilation.GetTypeByMetadataName($"{Home}.{Pool}") is not { } pool || node is not InvocationExpressionSyntax call)
            return null;
        if (!AwaitPosition.Allows(model, node, cancellation) || model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
            return null;
        if (!CanLeave(method, call) || UsesState(model, method, cancellation)) return null;
        var (name, newIn) = PoolAt(model, call, pool, cancellation);
        if (name is null) return null;
        // The pool's own token comes last, and only where the call does not look like one with an argument more.
        var tokens = CancellationThreading.InScope(model, call, cancellation) is { } token ? new[] { token, null } : [null];
        return tokens.Select(one => new Work(call, method.Name, name, newIn, one, TypesOf(model, call, method)))
            .FirstOrDefault(work => work.Binds(model, method));
    }

    /// <summary>
    /// The pool's type arguments where the call's own arguments would tell others: a method group fits its parameters exactly.
    /// </summary>
    private static string? TypesOf(SemanticModel model, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (call.ArgumentList.Arguments.Select(argument => model.GetTypeInfo(argument.Expression).Type)
            .SequenceEqual(method.Parameters.Select(static parameter => parameter.Type), SymbolEqualityComparer.Default)) return null;
        var types = method.Parameters.Select(static parameter => parameter.Type).Concat(method.ReturnsVoid ? [] : [method.ReturnType]);
        return string.Join(", ", types.Select(type => type.ToMinimalDisplayString(model, call.SpanStart)));
    }

    private static bool CanLeave(IMethodSymbol method, InvocationExpressionSyntax call) =>
        method is { IsStatic: true, MethodKind: MethodKind.Ordinary, IsGenericMethod: false, IsExtensionMethod: false,
            Parameters.Length: <= MostArguments, ReturnsByRef: false }
        && !method.ContainingType.IsGenericType && SourceModels.HasSource(method)
        && (method.ReturnsVoid || Crosses(method.ReturnType, 0))
        && call.ArgumentList.Arguments.Count == method.Parameters.Length
        && call.ArgumentList.Arguments.All(static argument => argument.NameColon is null && argument.RefKindKeyword.RawKind == 0)
        && method.Parameters.All(static parameter => parameter is { RefKind: RefKind.None, IsParams: false } && Crosses(parameter.Type, 0));

    /// <summary>Values, text, and what is made of them. What stands for something in this process stays here.</summary>
    private static bool Crosses(ITypeSymbol type, int depth)
    {
        if (type.SpecialType is SpecialType.System_Object or SpecialType.System_IntPtr or SpecialType.System_UIntPtr) return false;
        if (type.SpecialType != SpecialType.None && type.TypeKind is not TypeKind.Interface
            && type.SpecialType is not (SpecialType.System_Delegate or SpecialType.System_MulticastDelegate))
            return true;
        if (depth > 4 || type.IsRefLikeType || ThreadAffinity.IsAffine(type)) return false;
        switch (type)
        {
            case { TypeKind: TypeKind.Enum }: return true;
            case IArrayTypeSymbol { Rank: 1 } array: return Crosses(array.ElementType, depth + 1);
            case INamedTypeSymbol { IsTupleType: true } tuple: return tuple.TupleElements.All(element => Crosses(element.Type, depth + 1));
            case INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } named:
                if (named.ContainingNamespace?.ToDisplayString() is "System.Collections.Generic" or "System"
                    && named.TypeArguments.All(argument => Crosses(argument, depth + 1)))
                    return named.IsGenericType || named.IsValueType || named.Name is "Uri" or "Version";
                // Plain data of the program itself.
                return SourceModels.HasSource(named) && (named.IsRecord || named.IsValueType)
                    && named.GetMembers().OfType<IFieldSymbol>().Where(static field => !field.IsStatic)
                        .All(field => Crosses(field.Type, depth + 1));
            default: return false;
        }
    }

    /// <summary>Every process has statics of its own.</summary>
    private static bool UsesState(SemanticModel model, IMethodSymbol method, CancellationToken cancellation)
    {
        var models = new SourceModels(model.Compilation);
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax(cancellation);
            if (models.Of(declaration.SyntaxTree) is not { } own || Functions.Body(declaration) is not { } body) return true;
            if (new ThreadAffinity(models, cancellation).Ties(body)) return true;
            if (body.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => own.GetSymbolInfo(name, cancellation).Symbol
                is IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false }
                    or IPropertySymbol { IsStatic: true, SetMethod: not null }))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A pool that can be named here, or the type that gets one.</summary>
    private static (string? Name, TypeDeclarationSyntax? NewIn) PoolAt(
        SemanticModel model, SyntaxNode at, INamedTypeSymbol pool, CancellationToken cancellation)
    {
        var isStatic = model.GetEnclosingSymbol(at.SpanStart, cancellation) is { IsStatic: true };
        var known = model.LookupSymbols(at.SpanStart).FirstOrDefault(symbol => symbol switch
        {
            ILocalSymbol local =>
                SymbolEqualityComparer.Default.Equals(local.Type, pool) && local.Locations[0].SourceSpan.End < at.SpanStart,
            IParameterSymbol parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, pool),
            IFieldSymbol field => SymbolEqualityComparer.Default.Equals(field.Type, pool) && (field.IsStatic || !isStatic),
            IPropertySymbol property => SymbolEqualityComparer.Default.Equals(property.Type, pool) && (property.IsStatic || !isStatic),
            _ => false,
        });
        if (known is not null) return (known.Name, null);
        if (at.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax) return default;
        var used = new HashSet<string>(model.LookupSymbols(at.SpanStart).Select(static symbol => symbol.Name));
        return (new[] { "Workers", "WorkerPool", "WorkerProcesses" }.FirstOrDefault(name => !used.Contains(name)), type);
    }

    private static TypeDeclarationSyntax WithPool(TypeDeclarationSyntax type, MemberDeclarationSyntax field, string name)
    {
        if (type.Members.OfType<FieldDeclarationSyntax>()
            .Any(one => one.Declaration.Variables.Any(variable => variable.Identifier.ValueText == name))) return type;
        var newLine = Layout.NewLine(type);
        var lines = type.Members.FirstOrDefault() is FieldDeclarationSyntax ? new[] { newLine } : [newLine, newLine];
        return type.WithMembers(type.Members.Insert(0, field.WithTrailingTrivia(lines).WithAdditionalAnnotations(Formatter.Annotation)));
    }

    /// <summary>A call that can go to another process.</summary>
    private sealed class Work(
        InvocationExpressionSyntax call, string name, string pool, TypeDeclarationSyntax? newPoolIn, string? token, string? types)
    {
        public InvocationExpressionSyntax Call { get; } = call;

        public string Name { get; } = name;

        public string Pool { get; } = pool;

        public TypeDeclarationSyntax? NewPoolIn { get; } = newPoolIn;

        /// <summary><c>pool.RunAsync(Function, argument, token)</c></summary>
        public InvocationExpressionSyntax Submission(InvocationExpressionSyntax current) => Submit(IdentifierName(Pool), current);

        public bool Binds(SemanticModel model, IMethodSymbol method)
        {
            // A function behind a ?. has a receiver, which cannot cross.
            if (Call.Expression.DescendantNodesAndSelf().Any(static node => node is MemberBindingExpressionSyntax)) return false;
            var pool = ParseExpression($"default(global::{Home}.{ProcessMove.Pool})!");
            var bound =
                model.GetSpeculativeSymbolInfo(Call.SpanStart, Submit(pool, Call),
                    SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
            return bound is not null && AwaitResult.Of(model, bound.ReturnType, Call.SpanStart) is { } result
                && SymbolEqualityComparer.Default.Equals(result, method.ReturnType);
        }

        private InvocationExpressionSyntax Submit(ExpressionSyntax pool, InvocationExpressionSyntax current)
        {
            var arguments = new List<ArgumentSyntax> { Argument(current.Expression.WithoutTrivia()) };
            arguments.AddRange(current.ArgumentList.Arguments);
            if (token is not null) arguments.Add(Argument(IdentifierName(token)));
            var comma = Token(TriviaList(), SyntaxKind.CommaToken, TriviaList(Space));
            var commas = new List<SyntaxToken>(current.ArgumentList.Arguments.GetSeparators());
            while (commas.Count < arguments.Count - 1) commas.Insert(0, comma);
            return InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, pool,
                    (SimpleNameSyntax)ParseName(types is null ? "RunAsync" : $"RunAsync<{types}>")),
                current.ArgumentList.WithArguments(SeparatedList(arguments, commas)));
        }
    }
}
