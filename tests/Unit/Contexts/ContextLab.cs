using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Contexts;
using Quintet.Analyzers.Source;

namespace Quintet.Tests.Contexts;

/// <summary>
/// A program and what is known about its contexts. Functions that a test asks about stand between <c>[|</c> and <c>|]</c>.
/// </summary>
internal sealed class ContextLab
{
    private const string Usings =
        """
        using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.ComponentModel; using System.IO;
        using System.Linq; using System.Linq.Expressions; using System.Threading; using System.Threading.Tasks;

        """;

    private readonly CSharpCompilation _compilation;
    private readonly SourceModels _models;
    private readonly EntryPoints _entryPoints;
    private readonly ContextInference _inference;
    private readonly IReadOnlyList<TextSpan> _marks;

    private ContextLab(CSharpCompilation compilation, IReadOnlyList<TextSpan> marks)
    {
        _compilation = compilation;
        _marks = marks;
        _models = new SourceModels(compilation);
        _entryPoints = new EntryPoints(_models, ApiCatalogue.Default);
        _inference = new ContextInference(_models, _entryPoints);
    }

    public static ContextLab Library(string code, params MetadataReference[] more) => Of(OutputKind.DynamicallyLinkedLibrary, code, more);

    public static ContextLab Program(string code, params MetadataReference[] more) => Of(OutputKind.ConsoleApplication, code, more);

    /// <summary>Code that need not compile.</summary>
    public static ContextLab Broken(string code) => new(Compile(OutputKind.DynamicallyLinkedLibrary, Unmark(Usings + code, []), []), []);

    public static CSharpCompilation Compile(OutputKind kind, string code, IEnumerable<MetadataReference> more, string name = "Lab") =>
        CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp14))],
            HostFramework.References.Concat(more),
            new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Contexts of a member of its own. <c>Type.Member</c>, or the name of the first member that has it.</summary>
    public RunContext Own(string name) => _entryPoints.Of(Find(name));

    public InheritedContext Inherited(string name) => _inference.Of(Find(name), TestContext.Current.CancellationToken);

    /// <summary>Where the marked functions run; two marks must agree.</summary>
    public RunContext Marked()
    {
        var tree = _compilation.SyntaxTrees[0];
        var model = _compilation.GetSemanticModel(tree);
        var functions = _marks.Select(span => Function(tree.GetRoot().FindNode(span, getInnermostNodeForTie: true), model));
        return Assert.Single(functions.Select(_entryPoints.OfDelegate).Distinct());
    }

    /// <summary>What the marked lambda inherits from those who run it.</summary>
    public InheritedContext MarkedInherited()
    {
        var tree = _compilation.SyntaxTrees[0];
        var function = Function(tree.GetRoot().FindNode(_marks[0], getInnermostNodeForTie: true), _compilation.GetSemanticModel(tree));
        return _inference.Of(((IAnonymousFunctionOperation)function).Symbol, TestContext.Current.CancellationToken);
    }

    private static ContextLab Of(OutputKind kind, string code, MetadataReference[] more)
    {
        List<TextSpan> marks = [];
        var compilation = Compile(kind, Unmark(Usings + code, marks), more);
        var errors = compilation.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS5001");
        Assert.Empty(errors.Select(static error => error.ToString()));
        return new ContextLab(compilation, marks);
    }

    private static string Unmark(string code, List<TextSpan> marks)
    {
        var text = new StringBuilder();
        foreach (var part in code.Split("[|"))
        {
            var end = part.IndexOf("|]", StringComparison.Ordinal);
            if (end >= 0) marks.Add(new TextSpan(text.Length, end));
            text.Append(end < 0 ? part : part.Remove(end, 2));
        }

        return text.ToString();
    }

    private static IOperation Function(SyntaxNode node, SemanticModel model)
    {
        for (var current = node; current is not null; current = current.Parent)
        {
            var operation = model.GetOperation(current);
            while (operation is IDelegateCreationOperation or IConversionOperation) operation = operation.ChildOperations.First();
            if (operation is IAnonymousFunctionOperation or IMethodReferenceOperation) return operation;
        }

        throw new InvalidOperationException($"No function at '{node}'.");
    }

    private IMethodSymbol Find(string name)
    {
        var dot = name.LastIndexOf('.');
        var (type, member) = dot <= 0 ? (null, name) : (name[..dot].TrimEnd('.'), name[dot..].TrimStart('.'));
        if (name.EndsWith(".ctor", StringComparison.Ordinal)) (type, member) = (name[..^6], ".ctor");
        var local = _compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<LocalFunctionStatementSyntax>()
            .FirstOrDefault(function => function.Identifier.Text == name);
        if (local is not null) return _compilation.GetSemanticModel(local.SyntaxTree).GetDeclaredSymbol(local)!;
        var found = Types(_compilation.Assembly.GlobalNamespace).Where(t => type is null || t.Name == type)
            .SelectMany(static t => t.GetMembers()).OfType<IMethodSymbol>()
            .Where(m => m.Name == member || m.Name.EndsWith("." + member, StringComparison.Ordinal));
        return found.First(m => !m.IsAbstract || type is not null);
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol holder) =>
        holder.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(static m => m is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(m));
}
