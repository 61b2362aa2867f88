using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Quintet.Analyzers.Catalogue;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Quintet.CodeFixes.Rewriting;

/// <summary>Proposes asynchronous forms of one call and binds them speculatively at its place.</summary>
internal sealed class TwinBinding(
    SemanticModel model, InvocationExpressionSyntax call, InvocationExpressionSyntax plain, IMethodSymbol method,
    IReadOnlyList<(SemanticModel Model, SyntaxNode Node)> elsewhere, CancellationToken cancellation)
{
    private readonly List<string> _imports = [];
    private bool _isGuess;

    /// <param name="id">Documentation id of the twin; null for the method's name with Async behind it.</param>
    public Twin? Find(string? id)
    {
        _isGuess = id is null;
        if (id is null) return Try(callee => Renamed(callee, method.Name + "Async"), callee => callee, importsOf: null);
        var (type, name) = Resolve(id);
        if (type is null) return null;
        var members = type.GetMembers(name).OfType<IMethodSymbol>().ToList();
        if (members.Count == 0) return null;
        if (members[0].IsExtensionMethod)
        {
            var space = type.ContainingNamespace.ToDisplayString();
            var missing = !Imports.IsImported(model, call.SpanStart, space);
            return Try(callee => Renamed(callee, name), missing ? callee => AsStatic(type, callee, name) : null, missing ? space : null);
        }

        if (!members[0].IsStatic) return Try(callee => Renamed(callee, name), null, null);
        var typeName = Imports.Owner(model, call.SpanStart, type.ContainingNamespace.ToDisplayString(), type.Name, _imports);
        return Try(
            callee => MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, typeName, IdentifierName(name))
                .WithTriviaFrom(callee),
            callee => MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, FullName(type), IdentifierName(name)),
            null);
    }

    private (INamedTypeSymbol? Type, string Name) Resolve(string id)
    {
        var path = ApiCatalogue.WithoutParameters(id).Substring(2);
        var dot = path.LastIndexOf('.');
        return dot < 0 ? default : (model.Compilation.GetTypeByMetadataName(path.Substring(0, dot)), path.Substring(dot + 1));
    }

    // "written" is the callee as the result has it, "bound" what stands in for it while imports are still missing, and
    // "importsOf" the namespace of an extension method that is not imported yet.
    private Twin? Try(Func<ExpressionSyntax, ExpressionSyntax> written, Func<ExpressionSyntax, ExpressionSyntax>? bound, string? importsOf)
    {
        var binds = importsOf is not null;
        foreach (var arguments in ArgumentForms())
        {
            var asked = binds ? AsStaticCall(bound!, arguments) : WithCallee(plain, NeedsFullName() ? bound! : written, arguments);
            if (Bind(asked) is not { } twin || !IsRightFor(twin, binds) || !IsElsewhere(asked, twin)) continue;
            if (importsOf is not null) _imports.Add(importsOf);
            ExpressionSyntax Written(ExpressionSyntax current) => WithCallee((InvocationExpressionSyntax)current, written, arguments);
            var loop = LoopOver(twin);
            var edit = loop is null ? Awaits.Around(model, call, Written) : AsyncLoops.Edit(loop, Written);
            var what = loop is null ? "Await" : "Await each element of";
            return edit is null ? null : new Twin($"{what} '{twin.ContainingType.Name}.{twin.Name}'", edit, _imports)
            {
                UnwrapsErrors = TaskWaits.IsTask(method.ContainingType),
                OfSelf = SelfCalls.IsOnSelf(plain)
                    || SymbolEqualityComparer.Default.Equals(Enclosing?.ContainingType, twin.ContainingType) ? twin : null,
            };
        }

        return null;

        bool NeedsFullName() => bound is not null && _imports.Count > 0;
    }

    private IMethodSymbol? Bind(ExpressionSyntax expression) =>
        model.GetSpeculativeSymbolInfo(call.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;

    /// <summary>Whether the other targets of the file have the twin: an overload that only one of them knows is none.</summary>
    private bool IsElsewhere(ExpressionSyntax asked, IMethodSymbol twin) => elsewhere.All(other =>
        other.Model.GetSpeculativeSymbolInfo(other.Node.SpanStart, asked, SpeculativeBindingOption.BindAsExpression).Symbol
            is IMethodSymbol there
        && there.Name == twin.Name && (there.ReturnType.Name == twin.ReturnType.Name
            || AwaitResult.Of(other.Model, there.ReturnType, other.Node.SpanStart) is not null && LoopOver(twin) is null));

    /// <summary>The argument lists to try, best first: with the token in scope, then without.</summary>
    private IEnumerable<Func<ArgumentListSyntax, ArgumentListSyntax>> ArgumentForms()
    {
        var forms = new List<Func<ArgumentListSyntax, ArgumentListSyntax>>();
        var hasToken = method.Parameters.Any(static parameter => CancellationThreading.IsToken(parameter.Type))
            && call.ArgumentList.Arguments.Any(
                argument => CancellationThreading.IsToken(model.GetTypeInfo(argument.Expression, cancellation).ConvertedType));
        if (!hasToken && CancellationThreading.InScope(model, call, cancellation) is { } token)
        {
            forms.Add(TokenArgument.Appended(token, null));
            forms.AddRange(new[] { "cancellationToken", "ct", "token", "cancellation" }
                .Select(name => TokenArgument.Appended(token, name)));
        }

        // What reads XML has its options and its token written out.
        if (method is { Name: "Load", ContainingType: { Name: "XDocument" or "XElement", ContainingNamespace.Name: "Linq" } }
            && call.ArgumentList.Arguments.Count == 1)
            forms = [.. forms.Append(static list => TokenArgument.Append(list, Argument(ParseExpression("default")))).Select(WithOptions)];
        forms.Add(static list => list);
        if (StreamRange.Is(model, call, method, cancellation))
            forms.InsertRange(0, [.. forms.Select(form => new Func<ArgumentListSyntax, ArgumentListSyntax>(list =>
                form(StreamRange.AsMemory(list))))]);
        if (SocketRange.Is(method, call))
            forms = [.. forms.Select(form => new Func<ArgumentListSyntax, ArgumentListSyntax>(list => form(SocketRange.AsMemory(list))))];
        // A span cannot cross the await; the memory that it looks at can.
        if (call.ArgumentList.Arguments.Any(static argument => IsAsSpan(argument.Expression)))
            forms.AddRange(forms.ToArray().Select(form => new Func<ArgumentListSyntax, ArgumentListSyntax>(list => form(AsMemory(list)))));
        // The twin may call the same by another name.
        if (AreNamesForShow())
            forms.AddRange(forms.ToArray().Select(form => new Func<ArgumentListSyntax, ArgumentListSyntax>(list => form(Unnamed(list)))));
        return forms;
    }

    private Func<ArgumentListSyntax, ArgumentListSyntax> WithOptions(Func<ArgumentListSyntax, ArgumentListSyntax> form)
    {
        var options = Imports.Owner(model, call.SpanStart, "System.Xml.Linq", "LoadOptions", new List<string>());
        var none = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, options, IdentifierName("None"));
        return list => form(TokenArgument.Append(list, Argument(none)));
    }

    /// <summary>Some arguments tell their names, and all stand where they would stand without.</summary>
    private bool AreNamesForShow()
    {
        var arguments = call.ArgumentList.Arguments;
        return arguments.Any(static argument => argument.NameColon is not null) && arguments.Count <= method.Parameters.Length
            && arguments.Select(static (argument, index) => (argument, index)).All(one => one.argument.NameColon is not { } name
                || name.Name.Identifier.ValueText == method.Parameters[one.index].Name);
    }

    private static ArgumentListSyntax Unnamed(ArgumentListSyntax list) => list.ReplaceNodes(
        list.Arguments.Where(static argument => argument.NameColon is not null),
        static (_, argument) => argument.WithNameColon(null).WithTriviaFrom(argument));

    private static bool IsAsSpan(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "AsSpan" } };

    private static ArgumentListSyntax AsMemory(ArgumentListSyntax list) => list.ReplaceNodes(
        list.Arguments.Select(static argument => argument.Expression).Where(IsAsSpan),
        static (_, span) => ((InvocationExpressionSyntax)span)
            .WithExpression(Renamed(((InvocationExpressionSyntax)span).Expression, "AsMemory")));

    private static InvocationExpressionSyntax WithCallee(
        InvocationExpressionSyntax invocation, Func<ExpressionSyntax, ExpressionSyntax> callee,
            Func<ArgumentListSyntax, ArgumentListSyntax> arguments) =>
        invocation.WithExpression(callee(invocation.Expression)).WithArgumentList(arguments(invocation.ArgumentList));

    private InvocationExpressionSyntax AsStaticCall(
        Func<ExpressionSyntax, ExpressionSyntax> callee, Func<ArgumentListSyntax, ArgumentListSyntax> arguments)
    {
        var list = arguments(plain.ArgumentList);
        if (plain.Expression is MemberAccessExpressionSyntax access)
            list = list.WithArguments(list.Arguments.Insert(0, Argument(access.Expression.WithoutTrivia())));
        return InvocationExpression(callee(plain.Expression), list);
    }

    private static ExpressionSyntax AsStatic(INamedTypeSymbol type, ExpressionSyntax callee, string name) => MemberAccessExpression(
        SyntaxKind.SimpleMemberAccessExpression, FullName(type),
        (SimpleNameSyntax)Renamed(((MemberAccessExpressionSyntax)callee).Name, name));

    private static ExpressionSyntax FullName(INamedTypeSymbol type) =>
        ParseExpression(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    private static ExpressionSyntax Renamed(ExpressionSyntax callee, string name) => callee switch
    {
        MemberAccessExpressionSyntax access => access.WithName((SimpleNameSyntax)Renamed(access.Name, name)),
        MemberBindingExpressionSyntax binding => binding.WithName((SimpleNameSyntax)Renamed(binding.Name, name)),
        GenericNameSyntax generic => generic.WithIdentifier(Identifier(name).WithTriviaFrom(generic.Identifier)),
        IdentifierNameSyntax simple => simple.WithIdentifier(Identifier(name).WithTriviaFrom(simple.Identifier)),
        _ => callee,
    };

    private bool IsRightFor(IMethodSymbol twin, bool asStatic)
    {
        var parameters = asStatic && twin.IsExtensionMethod ? [.. twin.Parameters.Skip(1)] : twin.Parameters.ToList();
        return (AwaitResult.Of(model, twin.ReturnType, call.SpanStart) is { } result ? FitsUse(result) : LoopOver(twin) is not null)
            && TakesTheSame(parameters) && MeansTheSame(twin, parameters)
            && !twin.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ObsoleteAttribute")
            && !RunsTheBlockingForm(twin)
            // The twin's own body, or an overload of it, may well call the blocking form: awaiting itself would never end.
            && !SelfCalls.IsInside(Enclosing, twin, SelfCalls.IsOnSelf(plain))
            && !IsOfBaseAlone(twin);
    }

    /// <summary>The loop over the call, which takes its elements from the twin as well.</summary>
    private CommonForEachStatementSyntax? LoopOver(IMethodSymbol twin) =>
        AsyncLoops.Of(call) is { } loop && AsyncLoops.Takes(model, loop, twin.ReturnType, cancellation) ? loop : null;

    private ISymbol? Enclosing => model.GetEnclosingSymbol(call.SpanStart, cancellation);

    /// <summary>A base class of ours offers what knows nothing of the member that a derived one has added under the name.</summary>
    private bool IsOfBaseAlone(IMethodSymbol twin)
    {
        if (twin.IsExtensionMethod || method.DeclaringSyntaxReferences.IsEmpty || method.ContainingType.TypeKind == TypeKind.Interface
            || SymbolEqualityComparer.Default.Equals(method.ContainingType.OriginalDefinition, twin.ContainingType.OriginalDefinition))
            return false;
        for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            if (SymbolEqualityComparer.Default.Equals(overridden.ContainingType, twin.ContainingType)) return false;
        return Inheritance.HasBase(method.ContainingType, twin.ContainingType);
    }

    /// <summary>A task in name only: the twin's own body calls what it is the twin of, on the thread of whoever asks.</summary>
    private bool RunsTheBlockingForm(IMethodSymbol twin) => twin.OriginalDefinition.DeclaringSyntaxReferences
        .Select(reference => Functions.Body(reference.GetSyntax(cancellation))).OfType<SyntaxNode>()
        .SelectMany(Functions.OwnNodes).OfType<InvocationExpressionSyntax>()
        .Any(inner => NameOf(inner.Expression) == method.Name);

    private static string? NameOf(ExpressionSyntax callee) => callee switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private bool TakesTheSame(List<IParameterSymbol> parameters)
    {
        if (StreamRange.Takes(method, parameters) || SocketRange.Takes(method, parameters)) return true;
        for (var i = 0; i < method.Parameters.Length && i < call.ArgumentList.Arguments.Count; i++)
        {
            if (i >= parameters.Count) return false;
            var (from, to) = (method.Parameters[i], parameters[i]);
            // Of tasks with a result the twin knows the results.
            if (TaskWaits.IsTask(method.ContainingType) && SymbolEqualityComparer.Default.Equals(from.Type.OriginalDefinition,
                to.Type.OriginalDefinition)) continue;
            if (from.IsParams || SymbolEqualityComparer.Default.Equals(from.Type, to.Type)) continue;
            if (IsMemoryFor(from.Type, to.Type) || IsMemoryOver(from.Type, to.Type)) continue;
            if (to.Type.SpecialType == SpecialType.System_Object) return false;
            if (model.Compilation.ClassifyConversion(from.Type, to.Type) is not { IsImplicit: true, IsUserDefined: false }) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether what only its name proposes has the same parameters under the same names, tokens apart, and takes for those that are left
    /// out what the blocking form takes. Foreign code names them as it likes; there only an exchanged order tells.
    /// </summary>
    private bool MeansTheSame(IMethodSymbol twin, List<IParameterSymbol> parameters)
    {
        if (!_isGuess) return true;
        var own = method.Parameters.Where(static one => !CancellationThreading.IsToken(one.Type)).ToList();
        var others = parameters.Where(static one => !CancellationThreading.IsToken(one.Type)).ToList();
        var isForeign = method.DeclaringSyntaxReferences.IsEmpty || twin.DeclaringSyntaxReferences.IsEmpty;
        if (!isForeign && own.Count > others.Count) return false;
        return own.Zip(others, (one, other) => (one.Name == other.Name || isForeign && others.All(another => another.Name != one.Name))
            && (!one.HasExplicitDefaultValue || !other.HasExplicitDefaultValue
                || Equals(one.ExplicitDefaultValue, other.ExplicitDefaultValue))).All(static same => same);
    }

    private static bool IsMemoryFor(ITypeSymbol span, ITypeSymbol memory) =>
        span.Name is "Span" && memory.Name is "Memory" || span.Name is "ReadOnlySpan" && memory.Name is "ReadOnlyMemory";

    /// <summary>An array, taken as the whole of what it holds.</summary>
    private static bool IsMemoryOver(ITypeSymbol array, ITypeSymbol memory) =>
        array is IArrayTypeSymbol { IsSZArray: true, ElementType: var element }
        && memory is INamedTypeSymbol
            { Name: "ArraySegment" or "Memory" or "ReadOnlyMemory", Arity: 1, ContainingNamespace.Name: "System" } whole
        && SymbolEqualityComparer.Default.Equals(element, whole.TypeArguments[0]);

    /// <summary>A statement does not care; any other use wants the same type, or one that converts where a type is stated.</summary>
    private bool FitsUse(ITypeSymbol result)
    {
        if (call.Parent is ExpressionStatementSyntax or ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax })
            return true;
        var before = model.GetTypeInfo(call, cancellation);
        if (before.Type is null || before.Type.SpecialType == SpecialType.System_Void)
            return call.Parent is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax;
        if (SymbolEqualityComparer.Default.Equals(before.Type, result)) return true;
        return call.Parent is ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AssignmentExpressionSyntax
            && before.ConvertedType is { } target && !SymbolEqualityComparer.Default.Equals(target, before.Type)
            && model.Compilation.ClassifyConversion(result, target).IsImplicit;
    }
}
