using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Quintet.Multiprocessing.Functions;

/// <summary>Brings delegates of every supported form to one argument and one result.</summary>
internal static class FunctionForms
{
    internal static RemoteFunction Of<TOut>(Func<TOut> function) =>
        new RemoteFunction<Nothing, TOut>(_ => function());

    internal static RemoteFunction Of<T, TOut>(Func<T, TOut> function) =>
        new RemoteFunction<T, TOut>(function);

    internal static RemoteFunction Of<T1, T2, TOut>(Func<T1, T2, TOut> function) =>
        new RemoteFunction<(T1, T2), TOut>(arguments => function(arguments.Item1, arguments.Item2));

    internal static RemoteFunction Of<T1, T2, T3, TOut>(Func<T1, T2, T3, TOut> function) =>
        new RemoteFunction<(T1, T2, T3), TOut>(arguments => function(arguments.Item1, arguments.Item2, arguments.Item3));

    internal static RemoteFunction Of(Action function) =>
        new RemoteFunction<Nothing, Nothing>(_ =>
        {
            function();
            return default;
        });

    internal static RemoteFunction Of<T>(Action<T> function) =>
        new RemoteFunction<T, Nothing>(argument =>
        {
            function(argument);
            return default;
        });

    internal static RemoteFunction Of<T1, T2>(Action<T1, T2> function) =>
        new RemoteFunction<(T1, T2), Nothing>(arguments =>
        {
            function(arguments.Item1, arguments.Item2);
            return default;
        });

    internal static RemoteFunction Of<T1, T2, T3>(Action<T1, T2, T3> function) =>
        new RemoteFunction<(T1, T2, T3), Nothing>(arguments =>
        {
            function(arguments.Item1, arguments.Item2, arguments.Item3);
            return default;
        });

    /// <summary>The form for a method that is known only at run time.</summary>
    /// <exception cref="ProcessFunctionException">It has no supported form.</exception>
    [RequiresDynamicCode("Makes delegates of types that are known at run time only.")]
    [RequiresUnreferencedCode("Finds the form by name.")]
    internal static RemoteFunction Of(MethodInfo method, object? target)
    {
        var types = method.GetParameters().Select(static parameter => parameter.ParameterType).ToList();
        var returns = method.ReturnType != typeof(void);
        var open = types.ToList(); // the types that the form is made for: of a task, only what it comes to
        if (returns) types.Add(method.ReturnType);
        var forms = typeof(Task).IsAssignableFrom(method.ReturnType) ? typeof(AsynchronousForms) : typeof(FunctionForms);
        if (forms == typeof(FunctionForms) && returns) open.Add(method.ReturnType);
        else if (method.ReturnType.IsGenericType) open.Add(method.ReturnType.GetGenericArguments()[0]);
        var definition = (returns, types.Count) switch
        {
            (true, 1) => typeof(Func<>),
            (true, 2) => typeof(Func<,>),
            (true, 3) => typeof(Func<,,>),
            (true, 4) => typeof(Func<,,,>),
            (false, 0) => typeof(Action),
            (false, 1) => typeof(Action<>),
            (false, 2) => typeof(Action<,>),
            (false, 3) => typeof(Action<,,>),
            _ => throw new ProcessFunctionException($"'{method.Name}' has more than three parameters."),
        };
        var type = types.Count == 0 ? definition : definition.MakeGenericType([.. types]);
        var form = forms.GetMethods(BindingFlags.Static | BindingFlags.NonPublic).Single(candidate =>
            candidate.Name == nameof(Of) && candidate.GetParameters() is [{ ParameterType: var parameter }]
            && candidate.GetGenericArguments().Length == open.Count
            && (parameter == definition || (parameter.IsGenericType && parameter.GetGenericTypeDefinition() == definition)));
        if (open.Count > 0) form = form.MakeGenericMethod([.. open]);
        return (RemoteFunction)form.Invoke(null, [method.CreateDelegate(type, target)])!;
    }
}
