using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Quintet.BuildTasks.Reading;

/// <summary>Reads the methods of one assembly.</summary>
internal sealed class MethodReader
{
    /// <summary>Guarded parts of one body; more is generated or made up.</summary>
    private const int MostRegions = 1024;

    private readonly PEReader _file;
    private readonly MemberNames _names;
    private readonly bool _hasFriends;
    private readonly OwnTypes _types;
    private readonly NamedMembers _members;
    private readonly SlotTable _slots;
    private readonly ModeSwitches _modes;
    private readonly Coroutines _coroutines;
    private readonly BodyTable _bodies;
    private readonly CompleteTasks _complete;
    private readonly CompleteFields _completeFields;
    private readonly int[] _movers;
    private readonly List<Instruction> _instructions = [];
    private BodiesThatMatter? _matters;
    private MethodTable? _table;
    private bool[] _meant = [];

    /// <param name="file">The file.</param>
    /// <param name="names">Its members, and those that it refers to.</param>
    /// <param name="length">The size of the file.</param>
    /// <param name="hasFriends">Other assemblies see what is internal.</param>
    public MethodReader(PEReader file, MemberNames names, long length, bool hasFriends)
    {
        (_file, _names, _hasFriends) = (file, names, hasFriends);
        _types = new OwnTypes(names);
        _members = new NamedMembers(names, _types);
        _slots = new SlotTable(names, _types, _members);
        _modes = new ModeSwitches(names.Metadata);
        _coroutines = new Coroutines(names.Metadata, _types);
        _bodies = new BodyTable(file, names.Metadata, _types, _members, length);
        _completeFields = new CompleteFields(names, _types, StoredBy);
        _complete = new CompleteTasks(_types, _members, _bodies, _coroutines, _completeFields, ReturnedBy);
        _movers = new int[_types.Methods];
        for (var method = 0; method < _movers.Length; method++) _movers[method] = MoverOf(method);
    }

    /// <summary>How many methods and accessors others can call.</summary>
    public int Visible { get; private set; }

    /// <summary>
    /// The methods of the assembly; with <paramref name="known"/> only those that are asked for when effects are inferred, and calls only
    /// of bodies that may have some.
    /// </summary>
    public (MethodTable Methods, CallersByName? Callers) All(KnownMembers? known)
    {
        var outside = new bool[_types.Methods];
        for (var method = 0; method < outside.Length; method++)
        {
            if (_bodies.StateOf(method) == BodyState.Unreadable) continue;
            var (toAll, toFriends) = Visibility(method);
            outside[method] = toAll || toFriends;
            if (toAll) Visible++;
        }

        var methods = new MethodTable(Read);
        if (known is null)
        {
            // Who asks for all is not here any more when the assembly is closed.
            for (var method = 0; method < outside.Length; method++) _ = methods.Enter(method)?.Calls;
            return (methods, null);
        }

        var ends = new ChainEnds(_names, _coroutines, HasTwoForms);
        var matters = new BodiesThatMatter(_types, _members, _bodies, _slots, _movers, ends, known);
        var delegates = new DelegateParameters(_names);
        matters.Choose(method => outside[method], IsAnswer, delegates.Has);
        (_matters, _table, _meant) = (matters, methods, new bool[_members.Count]);
        for (var method = 0; method < outside.Length; method++)
        {
            if (outside[method] && matters.Followed[method] && delegates.Has(method)) methods.Enter(method);
            if (!outside[method] || !ends.GivesTask(method) || !_complete.MayBe(method)
                || _coroutines.IsAsync(method) && !_complete.Is(method)) continue;
            matters.Asked[method] = true;
            methods.Enter(method);
        }

        return (methods, new CallersByName(methods, matters));
    }

    /// <summary>Whoever asks what a body does asks about those whom it names next.</summary>
    [MethodImpl(Speed.Hot)]
    private void EnterNamed(int body)
    {
        if (_table is null) return;
        for (var i = _bodies.StartOf(body); i < _bodies.StartOf(body + 1); i++)
        {
            var member = _bodies.Named[i];
            if (_meant[member]) continue;
            _meant[member] = true;
            foreach (var method in _matters!.MeantBy(member)) _table.Enter(method);
        }
    }

    /// <summary>Members without a body that a method answers, with those who answer them beside it.</summary>
    private void EnterContracts(int method)
    {
        if (_table is null || !_types.IsVirtual(method)) return;
        EnterAnswers(method);
        foreach (var slot in _slots.Of(method))
        {
            if ((_types.AttributesOf(slot) & MethodAttributes.Abstract) == 0 || !Visibility(slot).ToAll) continue;
            _matters!.Asked[slot] = true;
            _table.Enter(slot);
            EnterAnswers(slot);
        }
    }

    private void EnterAnswers(int slot)
    {
        foreach (var answer in _slots.FillersOf(slot))
        {
            _matters!.Asked[answer] = true;
            _table!.Enter(answer);
        }
    }

    /// <summary>Others come to it through the contract that it answers, though nobody can name it.</summary>
    private bool IsAnswer(int method) => _types.IsVirtual(method) && _slots.Of(method).Any(slot =>
        (_types.AttributesOf(slot) & MethodAttributes.Abstract) != 0 && Visibility(slot).ToAll);

    [MethodImpl(Speed.Hot)]
    private MethodFacts? Read(int number)
    {
        if (_bodies.StateOf(number) == BodyState.Unreadable) return null;
        var isFollowed = _matters is not { } matters || matters.Followed[number];
        try
        {
            return isFollowed || _matters!.Asked[number] && (_matters.IsJudgedOf(number) || MattersUnread(number))
                ? ReadOrThrow(number, isFollowed, _matters is null ? null : _matters.IsJudged) : null;
        }
        // One method that cannot be read spoils nothing but itself.
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            return null;
        }
    }

    /// <summary>
    /// Of a method that leads nowhere it matters only whether it takes another one's place, whose object it makes, and that nobody waits
    /// for the task that it gives.
    /// </summary>
    [MethodImpl(Speed.Hot)]
    private bool MattersUnread(int method)
    {
        if (_types.IsVirtual(method) || _types.IsConstructor(method) || _coroutines.Is(method)) return true;
        try
        {
            var signature = _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(method)).Signature;
            return SignatureGuard.GivesObject(_names.Metadata.GetBlobReader(signature));
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    [MethodImpl(Speed.Hot)]
    private MethodFacts ReadOrThrow(int number, bool isFollowed, Func<int, bool>? isJudged)
    {
        var metadata = _names.Metadata;
        var method = metadata.GetMethodDefinition(OwnTypes.MethodAt(number));
        var callee = _names.Of(OwnTypes.MethodAt(number));
        var type = _types.OwnerOf(number);
        var endsChain = EndsChain(number, callee);
        string[] names = isFollowed || endsChain ? ParameterNames(method, callee.Parameters) : [];
        var frame = new Frame(callee.IsInstance, callee.ParameterTypes, names)
        {
            Owner = _types.NameOf(type), GivesValue = callee.Returns != "System.Void",
            Modes = isFollowed || endsChain ? _modes.Of(callee.ParameterTypes, () => names) : [],
        };
        var owner = metadata.GetTypeDefinition(OwnTypes.TypeAt(type));
        var name = metadata.GetString(method.Name);
        if (name is "Dispose" or "Close") frame = frame with { IsDisposal = true };
        var (isVisible, isForFriends) = Visibility(number);
        var isTold = (isFollowed || (method.Attributes & MethodAttributes.Abstract) != 0) && (isVisible || isForFriends);
        return new MethodFacts
        {
            Id = callee.Id,
            Type = frame.Owner,
            Name = MethodNames.Display(frame.Owner, name),
            Returns = callee.Returns,
            IsVisible = isVisible,
            IsForFriends = isForFriends,
            EndsChain = endsChain,
            Modes = frame.Modes,
            TakesLock = callee.Returns == "System.IDisposable" && name.IndexOf("Lock", StringComparison.Ordinal) >= 0,
            ParameterTypes = frame.ParameterTypes,
            ParameterNames = frame.ParameterNames,
            IsVirtual = (method.Attributes & (MethodAttributes.Virtual | MethodAttributes.Final)) == MethodAttributes.Virtual,
            IsAbstract = (method.Attributes & MethodAttributes.Abstract) != 0,
            IsOfSealed = (owner.Attributes & TypeAttributes.Sealed) != 0,
            IsOpen = (owner.Attributes & (TypeAttributes.Sealed | TypeAttributes.Interface)) != TypeAttributes.Sealed && isVisible,
            Number = number,
            Completes = callee.ReturnsTask ? () => _complete.Is(number) : null,
            Body = isFollowed ? () => BodyOf(number, method, frame, isJudged) : null,
            Implements = isFollowed || _types.IsVirtual(number) ? _slots.IdsOf(number) : [],
            HasTwin = isTold && HasTwin(type, name),
            HasSetter = isTold && name.StartsWith("get_", StringComparison.Ordinal)
                && _types.NamedMethodsOf(type).ContainsKey("set_" + name.Substring(4)),
        };
    }

    [MethodImpl(Speed.Hot)]
    private bool EndsChain(int method, Callee callee) => callee.ReturnsTask || _coroutines.Is(method);

    /// <summary>A method of the same type that gives a task and is called the same, with the word that says so.</summary>
    private bool HasTwin(int type, string name) => _types.NamedMethodsOf(type).TryGetValue(name + "Async", out var twins)
        && twins.Exists(twin => Visibility(twin).ToAll && EndsChain(twin, _names.Of(OwnTypes.MethodAt(twin))));

    private string[] ParameterNames(MethodDefinition method, int count)
    {
        if (count == 0) return [];
        var found = new string[count];
        for (var i = 0; i < count; i++) found[i] = "";
        foreach (var handle in method.GetParameters())
        {
            var parameter = _names.Metadata.GetParameter(handle);
            if (parameter.SequenceNumber > 0 && parameter.SequenceNumber <= count)
                found[parameter.SequenceNumber - 1] = _names.Metadata.GetString(parameter.Name);
        }

        return found;
    }

    /// <summary>What moves the state machine of an async method that has two forms; -1 for any other method.</summary>
    private int MoverOf(int number)
    {
        try
        {
            return _coroutines.IsAsync(number) && HasTwoForms(number) ? _coroutines.MoverOf(number) : -1;
        }
        catch (BadImageFormatException)
        {
            return -1;
        }
    }

    /// <summary>A parameter chooses between asynchronous and synchronous work.</summary>
    [MethodImpl(Speed.Hot)]
    private bool HasTwoForms(int number)
    {
        try
        {
            var method = _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(number));
            if (!SignatureGuard.AnyChoice(_names.Metadata.GetBlobReader(method.Signature))) return false;
            var callee = _names.Of(OwnTypes.MethodAt(number));
            return _modes.Of(callee.ParameterTypes, () => ParameterNames(method, callee.Parameters)).Length > 0;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    [MethodImpl(Speed.Hot)]
    private BodyFacts BodyOf(int number, MethodDefinition method, Frame frame, Func<int, bool>? isJudged)
    {
        try
        {
            EnterNamed(number);
            EnterContracts(number);
            var walk = _bodies.StateOf(number) != BodyState.None ? WalkOf(method, frame, isJudged) : null;
            var calls = walk?.Run() ?? [];
            if (_movers[number] is >= 0 and var mover)
            {
                EnterNamed(mover);
                var moved = _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(mover));
                var machine = frame with { IsInstance = true, IsStateMachine = true, GivesValue = false };
                if (WalkOf(moved, machine, isJudged) is { } body) calls = body.Run();
            }

            return new BodyFacts(calls, walk?.DelegateUses ?? []);
        }
        // One body that cannot be read (obfuscators make them on purpose) spoils nothing but itself.
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            return BodyFacts.Nothing;
        }
    }

    /// <summary>Whether a field, as <c>Type.Field</c>, only ever holds tasks that are complete.</summary>
    public bool KeepsComplete(string field) => _completeFields.Is(field);

    private IReadOnlyList<Value>? ReturnedBy(int number) => WalkedThrough(number)?.Returned;

    private IReadOnlyList<(string Field, Value Value)>? StoredBy(int number) => WalkedThrough(number)?.Stored;

    /// <summary>A body that was read for what it leaves, and not for whom it calls.</summary>
    private StackWalk? WalkedThrough(int number)
    {
        try
        {
            var method = _names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(number));
            var callee = _names.Of(OwnTypes.MethodAt(number));
            var frame = new Frame(callee.IsInstance, callee.ParameterTypes, []) { GivesValue = true };
            var walk = WalkOf(method, frame, static _ => false);
            walk?.Run();
            return walk;
        }
        catch (Exception bad) when (AssemblyReader.IsOfFile(bad))
        {
            return null;
        }
    }

    [MethodImpl(Speed.Hot)]
    private StackWalk? WalkOf(MethodDefinition method, Frame frame, Func<int, bool>? isJudged)
    {
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (body.ExceptionRegions.Length > MostRegions) return null;
        // One list serves all bodies: each is read to its end before the next.
        _instructions.Clear();
        return Instruction.Decode(body.GetILReader(), _instructions)
            ? new StackWalk(_names, _instructions, new ControlFlow(_instructions, body.ExceptionRegions), frame, isJudged) : null;
    }

    /// <summary>Whether everybody can call a method, or only the friends of its assembly.</summary>
    [MethodImpl(Speed.Hot)]
    private (bool ToAll, bool ToFriends) Visibility(int method)
    {
        var access = _types.AttributesOf(method) & MethodAttributes.MemberAccessMask;
        var isPublic = access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
        if (!isPublic && (!_hasFriends || access is not (MethodAttributes.Assembly or MethodAttributes.FamANDAssem))) return (false, false);
        var (toAll, toFriends) = _types.VisibilityOf(_types.OwnerOf(method));
        if (!(isPublic && toAll) && !(toFriends && _hasFriends)) return (false, false);
        // Local functions are internal to compilers, not to people.
        var name = _names.Metadata.GetBlobReader(_names.Metadata.GetMethodDefinition(OwnTypes.MethodAt(method)).Name);
        return name.IndexOf((byte)'<') >= 0 ? (false, false) : (isPublic && toAll, _hasFriends && !(isPublic && toAll));
    }
}
